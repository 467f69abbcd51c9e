//! Logics of the user's own: scenarios measured on Bytewax 0.21.1, and random ones against naive models.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::list::List;
use flow::prelude::*;
use flow::stateful::{Fate, StatefulBatchLogic, StatefulLogic};
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

const SECOND: i128 = 1_000_000_000;

fn at(second: i128) -> DateTime<Utc> {
    instant(second * SECOND)
}

fn second(time: DateTime<Utc>) -> i128 {
    i128::from(time.timestamp_nanos_opt().unwrap()) / SECOND
}

mod scenarios {
    use super::*;

    /// Gives its state before and behind each call.
    struct States {
        state: &'static str,
        /// Whether an item asks for a notification at once.
        notifies: bool,
        after_item: Fate,
        after_notify: Fate,
        notify_at: Option<DateTime<Utc>>,
    }

    type Change = (&'static str, &'static str);

    impl States {
        fn new(notifies: bool, after_item: Fate, after_notify: Fate) -> Self {
            Self { state: "NEW", notifies, after_item, after_notify, notify_at: None }
        }

        fn becomes(&mut self, state: &'static str, out: &mut impl FnMut(Change)) {
            out((self.state, state));
            self.state = state;
        }
    }

    impl StatefulLogic<u32> for States {
        type Output = Change;

        fn on_item(&mut self, _: u32, now: DateTime<Utc>, out: &mut impl FnMut(Change)) -> Fate {
            self.becomes("ITEM", out);
            self.notify_at = self.notifies.then_some(now);
            self.after_item
        }

        fn on_notify(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(Change)) -> Fate {
            self.becomes("NOTIFY", out);
            self.notify_at = None;
            self.after_notify
        }

        fn on_eof(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(Change)) -> Fate {
            self.becomes("EOF", out);
            Fate::Drop
        }

        fn notify_at(&self) -> Option<DateTime<Utc>> {
            self.notify_at
        }
    }

    fn changes(logic: impl Fn() -> States, expected: &[Change]) {
        every_way(|way| {
            let sink = CollectingSink::new();
            let changes = sink.collected();
            let flow = dataflow! {
                let numbers = input(TestingSource::new([1, 2]));
                let keyed = numbers.key_on(|_| "ALL");
                let changes = keyed.stateful(logic = &logic);
                changes.output(sink);
            };
            way.start(flow, SimulatedTime::starting_at(at(0))).run().unwrap();
            let expected: Vec<_> = expected.iter().map(|change| ("ALL", *change)).collect();
            assert_eq!(changes.take(), expected, "{way:?}");
        });
    }

    #[test]
    fn stateful_1() {
        changes(|| States::new(false, Fate::Drop, Fate::Keep), &[("NEW", "ITEM"), ("NEW", "ITEM")]);
    }

    /// Without the end of the input, which the measured run did not reach: there the state is dropped.
    #[test]
    fn stateful_3() {
        changes(
            || States::new(true, Fate::Keep, Fate::Drop),
            &[("NEW", "ITEM"), ("ITEM", "NOTIFY"), ("NEW", "ITEM"), ("ITEM", "NOTIFY")],
        );
    }

    /// And the end of the input, which the measured run did not reach.
    #[test]
    fn stateful_4() {
        changes(
            || States::new(true, Fate::Keep, Fate::Keep),
            &[("NEW", "ITEM"), ("ITEM", "NOTIFY"), ("NOTIFY", "ITEM"), ("ITEM", "NOTIFY"), ("NOTIFY", "EOF")],
        );
    }

    /// Asks for a notification at `set`, takes that back at `clear`.
    struct Clearing(Option<DateTime<Utc>>);

    impl StatefulBatchLogic<&'static str> for Clearing {
        type Output = &'static str;

        fn on_batch(
            &mut self,
            values: List<&'static str>,
            now: DateTime<Utc>,
            out: &mut impl FnMut(&'static str),
        ) -> Fate {
            for value in values {
                match value {
                    "set" => self.0 = Some(now + TimeDelta::milliseconds(200)),
                    "clear" => self.0 = None,
                    _ => {}
                }
                out(value);
            }
            Fate::Keep
        }

        fn on_notify(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(&'static str)) -> Fate {
            self.0 = None;
            out("NOTIFY");
            Fate::Keep
        }

        fn notify_at(&self) -> Option<DateTime<Utc>> {
            self.0
        }
    }

    fn cleared(words: &[(i128, &'static str)], expected: &[&'static str]) {
        every_way(|way| {
            let sink = CollectingSink::new();
            let given = sink.collected();
            let timed = words.iter().map(|(millisecond, word)| (instant(millisecond * 1_000_000), *word));
            let time = SimulatedTime::starting_at(at(0));
            let flow = dataflow! {
                let words = input(TimedSource::new(timed));
                let keyed = words.key_on(|_| "a");
                let given = keyed.stateful_batch(logic = || Clearing(None));
                given.output(sink);
            };
            run(way, flow, &time, 10);
            let expected: Vec<_> = expected.iter().map(|word| ("a", *word)).collect();
            assert_eq!(given.take(), expected, "{way:?}");
        });
    }

    /// There a time that was taken back notifies all the same; here it does not.
    #[test]
    fn stateful_batch_1() {
        cleared(&[(0, "set"), (0, "clear"), (500, "x")], &["set", "clear", "x"]);
        cleared(&[(0, "set"), (100, "clear"), (500, "x")], &["set", "clear", "x"]);
        cleared(&[(0, "set"), (500, "x")], &["set", "NOTIFY", "x"]);
    }

    /// A time of before 1678 has come, one behind 2262 never does; the input's end is the last that is heard.
    struct Extreme(DateTime<Utc>);

    impl StatefulLogic<u32> for Extreme {
        type Output = &'static str;

        fn on_item(&mut self, _: u32, _: DateTime<Utc>, _: &mut impl FnMut(&'static str)) -> Fate {
            Fate::Keep
        }

        fn on_notify(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(&'static str)) -> Fate {
            out("notify");
            Fate::Keep
        }

        fn on_eof(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(&'static str)) -> Fate {
            out("eof");
            Fate::Keep
        }

        fn notify_at(&self) -> Option<DateTime<Utc>> {
            Some(self.0)
        }
    }

    #[test]
    fn times_that_have_been_and_times_that_never_come() {
        for (time, expected) in [
            (DateTime::<Utc>::MIN_UTC, ["notify", "eof"].as_slice()),
            (at(50), &["eof"]),
            (DateTime::<Utc>::MAX_UTC, &["eof"]),
        ] {
            every_way(|way| {
                let sink = CollectingSink::new();
                let given = sink.collected();
                let clock = SimulatedTime::starting_at(at(0));
                // The other source keeps the run going behind the end of the first.
                let flow = dataflow! {
                    let numbers = input(TestingSource::new([1, 2]));
                    let keyed = numbers.key_on(|_| "ALL");
                    keyed.stateful(logic = || Extreme(time)).output(sink);
                    let later = input(TimedSource::new([(at(9), ()), (at(99), ())]));
                    later.inspect(|()| {});
                };
                run(way, flow, &clock, 9);
                let expected: Vec<_> = expected.iter().map(|word| ("ALL", *word)).collect();
                assert_eq!(given.take(), expected, "{way:?}");
            });
        }
    }
}

mod one_by_one {
    use super::*;

    /// What an item does to its key.
    #[derive(Clone, Copy, Debug)]
    enum Command {
        Nothing,
        /// The key wants to be notified so many seconds from now, and then does this.
        Wish(i64, Then),
        TakeBack,
        Drop,
    }

    /// What a notification does to its key.
    #[derive(Clone, Copy, Debug)]
    enum Then {
        LeavesTheTime,
        TakesItBack,
        /// So many seconds behind the time that it was asked for.
        Again(i64),
        Drops,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Call {
        Item,
        Notify,
        End,
    }

    /// Which call, when, and how many there have been of this state.
    type Heard = (Call, i128, u32);

    struct Obeying {
        calls: u32,
        wish: Option<DateTime<Utc>>,
        then: Then,
    }

    impl Obeying {
        fn hears(&mut self, call: Call, now: DateTime<Utc>, out: &mut impl FnMut(Heard)) {
            self.calls += 1;
            out((call, second(now), self.calls));
        }
    }

    impl StatefulLogic<Command> for Obeying {
        type Output = Heard;

        fn on_item(&mut self, command: Command, now: DateTime<Utc>, out: &mut impl FnMut(Heard)) -> Fate {
            self.hears(Call::Item, now, out);
            match command {
                Command::Nothing => {}
                Command::Wish(seconds, then) => {
                    self.wish = Some(now + TimeDelta::seconds(seconds));
                    self.then = then;
                }
                Command::TakeBack => self.wish = None,
                Command::Drop => return Fate::Drop,
            }
            Fate::Keep
        }

        fn on_notify(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Heard)) -> Fate {
            self.hears(Call::Notify, now, out);
            match self.then {
                Then::LeavesTheTime => {}
                Then::TakesItBack => self.wish = None,
                Then::Again(seconds) => self.wish = self.wish.map(|wish| wish + TimeDelta::seconds(seconds)),
                Then::Drops => return Fate::Drop,
            }
            Fate::Keep
        }

        fn on_eof(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Heard)) -> Fate {
            self.hears(Call::End, now, out);
            Fate::Keep
        }

        fn notify_at(&self) -> Option<DateTime<Utc>> {
            self.wish
        }
    }

    /// A key in the model. Keys stand in the order in which their states were made.
    struct Living {
        key: u8,
        calls: u32,
        wish: Option<i128>,
        /// Whether the wish has not been granted yet.
        is_open: bool,
        then: Then,
    }

    impl Living {
        fn hears(&mut self, call: Call, now: i128) -> (u8, Heard) {
            self.calls += 1;
            (self.key, (call, now, self.calls))
        }

        /// Notifies until nothing is open that has come. Says whether the key still lives.
        fn catches_up(&mut self, now: i128, heard: &mut Vec<(u8, Heard)>) -> bool {
            while let Some(wish) = self.wish.filter(|wish| self.is_open && *wish <= now) {
                heard.push(self.hears(Call::Notify, now));
                match self.then {
                    Then::LeavesTheTime => self.is_open = false,
                    Then::TakesItBack => self.wish = None,
                    Then::Again(seconds) => {
                        self.wish = Some(wish + i128::from(seconds));
                        self.is_open = seconds > 0;
                    }
                    Then::Drops => return false,
                }
            }
            true
        }
    }

    /// Goes from second to second; each item comes alone, with what it brings about at once, and what is due
    /// otherwise goes behind it.
    fn model(arrivals: &[(i128, u8, Command)]) -> Vec<(u8, Heard)> {
        let mut heard = Vec::new();
        let mut living: Vec<Living> = Vec::new();
        let end = arrivals.last().map_or(0, |(second, ..)| *second);
        for now in 0..=end {
            let at_once = arrivals.iter().filter(|(second, ..)| *second == now);
            for arrival in at_once.map(Some).chain([None]) {
                if let Some((_, key, command)) = arrival {
                    takes(&mut living, *key, *command, now, &mut heard);
                }
                living.retain_mut(|state| state.catches_up(now, &mut heard));
            }
        }
        heard.extend(living.iter_mut().map(|state| state.hears(Call::End, end)));
        heard
    }

    fn takes(living: &mut Vec<Living>, key: u8, command: Command, now: i128, heard: &mut Vec<(u8, Heard)>) {
        let place = living.iter().position(|state| state.key == key).unwrap_or_else(|| {
            living.push(Living { key, calls: 0, wish: None, is_open: false, then: Then::LeavesTheTime });
            living.len() - 1
        });
        let state = &mut living[place];
        heard.push(state.hears(Call::Item, now));
        let before = state.wish;
        match command {
            Command::Nothing => {}
            Command::Wish(seconds, then) => {
                (state.wish, state.then) = (Some(now + i128::from(seconds)), then);
            }
            Command::TakeBack => state.wish = None,
            Command::Drop => {
                living.remove(place);
                return;
            }
        }
        state.is_open |= state.wish != before;
        if !state.catches_up(now, heard) {
            living.remove(place);
        }
    }

    fn heard(way: Way, arrivals: &[(i128, u8, Command)]) -> Vec<(u8, Heard)> {
        let time = SimulatedTime::starting_at(at(0));
        let sink = CollectingSink::new();
        let heard = sink.collected();
        let timed = arrivals.iter().map(|(second, key, command)| (at(*second), (*key, *command)));
        let flow = dataflow! {
            let commands = input(TimedSource::new(timed));
            let keyed = commands.key_on(|(key, _)| *key).map_value(|(_, command)| command);
            let heard = keyed.stateful(logic = || Obeying { calls: 0, wish: None, then: Then::LeavesTheTime });
            heard.output(sink);
        };
        let seconds = arrivals.last().map_or(0, |(second, ..)| usize::try_from(*second).unwrap());
        run(way, flow, &time, 3 * arrivals.len() + 3 + 2 * seconds);
        heard.take()
    }

    fn commands() -> impl Strategy<Value = Command> {
        let then = prop_oneof![
            Just(Then::LeavesTheTime),
            Just(Then::TakesItBack),
            (-2..5_i64).prop_map(Then::Again),
            Just(Then::Drops),
        ];
        prop_oneof![
            2 => Just(Command::Nothing),
            4 => (-3..9_i64, then).prop_map(|(seconds, then)| Command::Wish(seconds, then)),
            1 => Just(Command::TakeBack),
            1 => Just(Command::Drop),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn each_call_comes_when_it_should(
            gaps in prop::collection::vec(
                (prop_oneof![2 => Just(0), 3 => 1..4_i128, 1 => 4..20_i128], 0..4_u8, commands()),
                0..40,
            ),
        ) {
            let arrivals: Vec<_> = gaps
                .into_iter()
                .scan(0, |now, (gap, key, command)| {
                    *now += gap;
                    Some((*now, key, command))
                })
                .collect();
            let expected = model(&arrivals);
            every_way(|way| way.compare(&heard(way, &arrivals), &expected));
        }
    }
}

mod together {
    use super::*;

    /// Gives what it got together, and drops its state when a number divides by ten.
    struct Together {
        batches: u32,
    }

    impl StatefulBatchLogic<u32> for Together {
        type Output = (u32, Vec<u32>);

        fn on_batch(
            &mut self,
            values: List<u32>,
            _: DateTime<Utc>,
            out: &mut impl FnMut((u32, Vec<u32>)),
        ) -> Fate {
            self.batches += 1;
            let is_last = values.iter().any(|value| value % 10 == 0);
            out((self.batches, values.into_vec()));
            if is_last { Fate::Drop } else { Fate::Keep }
        }

        fn on_eof(&mut self, _: DateTime<Utc>, out: &mut impl FnMut((u32, Vec<u32>))) -> Fate {
            out((self.batches, Vec::new()));
            Fate::Keep
        }
    }

    /// Cuts the input where the polls do; in each piece, keys go by the age of their states.
    fn model(numbers: &[(u8, u32)], batch: usize) -> Vec<(u8, (u32, Vec<u32>))> {
        let mut given = Vec::new();
        let mut living: Vec<(u8, u32)> = Vec::new();
        for piece in numbers.chunks(batch) {
            for (key, _) in piece {
                if living.iter().all(|(known, _)| known != key) {
                    living.push((*key, 0));
                }
            }
            living.retain_mut(|(key, batches)| {
                let values: Vec<_> =
                    piece.iter().filter(|(other, _)| other == key).map(|(_, value)| *value).collect();
                if values.is_empty() {
                    return true;
                }
                *batches += 1;
                let stays = values.iter().all(|value| value % 10 != 0);
                given.push((*key, (*batches, values)));
                stays
            });
        }
        given.extend(living.into_iter().map(|(key, batches)| (key, (batches, Vec::new()))));
        given
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn a_key_gets_what_it_has_in_the_activation(
            numbers in prop::collection::vec((0..5_u8, 0..60_u32), 0..60),
        ) {
            every_way(|way| {
                let sink = CollectingSink::new();
                let given = sink.collected();
                let flow = dataflow! {
                    let pairs = input(TestingSource::new(numbers.iter().copied()));
                    let keyed = pairs.key_on(|(key, _)| *key).map_value(|(_, number)| number);
                    keyed.stateful_batch(logic = || Together { batches: 0 }).output(sink);
                };
                way.start(flow, SimulatedTime::starting_at(at(0))).run().unwrap();
                way.compare(&given.take(), &model(&numbers, way.batch));
            });
        }
    }
}
