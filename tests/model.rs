//! Random flows and inputs against naive models: replays of a whole history, in wide integers, with
//! neither heaps nor queues.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

mod collect {
    use super::*;

    const SECOND: i128 = 1_000_000_000;

    /// A list that is not out yet.
    struct Open {
        key: u8,
        due: i128,
        items: Vec<usize>,
    }

    /// Goes from second to second; each item comes alone, and what is due at its second goes behind it.
    fn model(arrivals: &[(i128, u8)], timeout: i128, max_size: usize) -> Vec<(u8, (i128, Vec<usize>))> {
        let mut lists = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let end = arrivals.last().map_or(0, |(second, _)| *second);
        for now in 0..=end {
            let mut at_once = arrivals.iter().enumerate().filter(|(_, (second, _))| *second == now);
            let mut next = at_once.next();
            loop {
                if let Some((item, (_, key))) = next {
                    let place = open.iter().position(|list| list.key == *key).unwrap_or_else(|| {
                        open.push(Open { key: *key, due: now + timeout, items: Vec::new() });
                        open.len() - 1
                    });
                    open[place].items.push(item);
                    if open[place].items.len() == max_size {
                        lists.push((*key, (now, open.remove(place).items)));
                    }
                }
                let (due, rest) = open.into_iter().partition(|list| list.due <= now);
                open = rest;
                lists.extend(due.into_iter().map(|list: Open| (list.key, (now, list.items))));
                next = at_once.next();
                if next.is_none() {
                    break;
                }
            }
        }
        lists.extend(open.into_iter().map(|list| (list.key, (end, list.items))));
        lists
    }

    fn collected(
        way: Way,
        arrivals: &[(i128, u8)],
        timeout: i128,
        max_size: usize,
    ) -> Vec<(u8, (i128, Vec<usize>))> {
        let time = SimulatedTime::starting_at(instant(0));
        let sink = CollectingSink::new();
        let lists = sink.collected();
        let items = arrivals.iter().enumerate();
        let source =
            TimedSource::new(items.map(|(item, (second, key))| (instant(second * SECOND), (*key, item))));
        let timeout = TimeDelta::seconds(i64::try_from(timeout).unwrap());
        let clock = time.clone();
        let flow = dataflow! {
            let items = input(source);
            let keyed = items.key_on(|(key, _)| *key);
            let values = keyed.map_value(|(_, item)| item);
            let lists = values.collect(timeout = timeout, max_size = max_size);
            let stamped = lists.map_value(|list| {
                let now = i128::from(clock.time().timestamp_nanos_opt().unwrap());
                (now / SECOND, list.into_vec())
            });
            stamped.output(sink);
        };
        run(way, flow, &time, 3 * arrivals.len() + 3);
        lists.take()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn lists_come_when_they_are_full_due_or_over(
            gaps in prop::collection::vec((prop_oneof![2 => Just(0), 3 => 1..4_i128, 1 => 4..30_i128], 0..5_u8), 0..60),
            timeout in 1..8_i128,
            max_size in 1..6_usize,
        ) {
            let arrivals: Vec<_> = gaps
                .into_iter()
                .scan(0, |now, (gap, key)| {
                    *now += gap;
                    Some((*now, key))
                })
                .collect();
            let expected = model(&arrivals, timeout, max_size);
            every_way(|way| way.compare(&collected(way, &arrivals, timeout, max_size), &expected));
        }
    }
}

mod stateful_map {
    use super::*;

    /// What an item finds: all items of its key behind the last one that dropped the state.
    fn model(items: &[(u16, u32)], drops_at: u32) -> Vec<(u16, (usize, u32))> {
        let given = |place: usize| {
            let (key, _) = items[place];
            let (mut found, mut sum) = (0, 0);
            for (_, value) in items[..=place].iter().filter(|(other, _)| *other == key) {
                if sum % drops_at == 0 {
                    (found, sum) = (0, 0);
                }
                found += 1;
                sum += value;
            }
            (found, sum)
        };
        items.iter().enumerate().map(|(place, (key, _))| (*key, given(place))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// With few keys, and with so many that the places of dropped ones are used again.
        #[test]
        fn a_state_lives_until_it_is_dropped(
            (items, drops_at) in (prop_oneof![1..4_u16, 100..400_u16], 1..6_u32).prop_flat_map(|(keys, drops_at)| {
                (prop::collection::vec((0..keys, 0..10_u32), 0..400), Just(drops_at))
            }),
        ) {
            let expected = model(&items, drops_at);
            every_way(|way| {
                let sink = CollectingSink::new();
                let got = sink.collected();
                let flow = dataflow! {
                    let pairs = input(TestingSource::new(items.iter().copied()));
                    let keyed = pairs.key_on(|(key, _)| *key);
                    let values = keyed.map_value(|(_, value)| value);
                    let found = values.stateful_map(|state, value| {
                        let (found, sum) = state.unwrap_or((0, 0));
                        let now = (found + 1, sum + value);
                        ((now.1 % drops_at != 0).then_some(now), now)
                    });
                    found.output(sink);
                };
                let time = SimulatedTime::starting_at(instant(0));
                run(way, flow, &time, items.len() + 3);
                way.compare(&got.take(), &expected);
            });
        }
    }
}

mod windows {
    use super::*;

    /// An item: when it comes and what its time is, in nanoseconds from 1970.
    #[derive(Clone, Copy, Debug)]
    struct Event {
        key: u8,
        arrival: i128,
        time: i128,
    }

    /// Items on their way into windows.
    #[derive(Debug)]
    struct Scenario {
        events: Vec<Event>,
        length: i128,
        align_to: i128,
        /// None for `TimeDelta::MAX`.
        wait: Option<i128>,
        ordered: bool,
    }

    /// A row with its key and the system time at which it came.
    type Row<V> = (u8, (i128, i64, V));

    #[derive(Debug, Default)]
    struct Outcome {
        down: Vec<Row<Vec<usize>>>,
        late: Vec<Row<usize>>,
        meta: Vec<Row<(i128, i128)>>,
    }

    impl Scenario {
        fn window_of(&self, time: i128) -> i128 {
            (time - self.align_to).div_euclid(self.length)
        }

        /// What an item makes of its key's watermark; none where the wait cannot be subtracted.
        fn candidate(&self, event: &Event) -> Option<i128> {
            self.wait.map(|wait| event.time - wait).filter(|candidate| *candidate > i128::from(i64::MIN))
        }

        /// The history of one key, seen from its end: a watermark is the farthest that any item has brought it
        /// and system time has carried it since.
        fn model_of(&self, key: u8) -> Outcome {
            let end = self.events.last().map_or(0, |event| event.arrival);
            let of_key: Vec<_> =
                (self.events.iter().enumerate()).filter(|(_, event)| event.key == key).collect();
            let mut outcome = Outcome::default();
            let mut in_time = Vec::new();
            for (place, (item, event)) in of_key.iter().enumerate() {
                let brought = of_key[..=place].iter().filter_map(|(_, before)| {
                    Some(self.candidate(before)? + (event.arrival - before.arrival))
                });
                if brought.max().is_some_and(|watermark| event.time < watermark) {
                    let id = i64::try_from(self.window_of(event.time)).unwrap();
                    outcome.late.push((key, (event.arrival, id, *item)));
                } else {
                    in_time.push((*item, *event));
                }
            }
            if self.ordered {
                in_time.sort_by_key(|(_, event)| event.time);
            }
            let ids: BTreeSet<_> = in_time.iter().map(|(_, event)| self.window_of(event.time)).collect();
            for id in ids {
                let (open, close) =
                    (self.align_to + id * self.length, self.align_to + (id + 1) * self.length);
                let carried = of_key
                    .iter()
                    .filter_map(|(_, event)| Some(event.arrival + (close - self.candidate(event)?).max(0)));
                let when = carried.min().map_or(end, |when| when.min(end));
                let of_window = in_time.iter().filter(|(_, event)| self.window_of(event.time) == id);
                let items = of_window.map(|(item, _)| *item).collect();
                let id = i64::try_from(id).unwrap();
                outcome.down.push((key, (when, id, items)));
                outcome.meta.push((key, (when, id, (open, close))));
            }
            outcome
        }

        fn model(&self) -> Outcome {
            let keys: BTreeSet<_> = self.events.iter().map(|event| event.key).collect();
            let mut all = Outcome::default();
            for key in keys {
                let Outcome { down, late, meta } = self.model_of(key);
                all.down.extend(down);
                all.late.extend(late);
                all.meta.extend(meta);
            }
            all
        }

        fn wait(&self) -> TimeDelta {
            self.wait.map_or(TimeDelta::MAX, nanoseconds)
        }

        fn source(&self) -> TimedSource<impl Iterator<Item = (DateTime<Utc>, (usize, Event))>> {
            let events = self.events.iter().enumerate();
            TimedSource::new(events.map(|(item, event)| (instant(event.arrival), (item, *event))))
        }

        fn start(&self) -> SimulatedTime {
            SimulatedTime::starting_at(instant(self.events.first().map_or(0, |event| event.arrival)))
        }

        fn collected(&self, way: Way) -> Outcome {
            let (down, late, meta) = (CollectingSink::new(), CollectingSink::new(), CollectingSink::new());
            let got = (down.collected(), late.collected(), meta.collected());
            let time = self.start();
            let now = || of(time.time());
            let flow = dataflow! {
                let items = input(self.source());
                let keyed = items.key_on(|(_, event)| event.key);
                let windows = keyed.collect_window(
                    clock = EventClock(|(_, event)| instant(event.time), wait_for_system_duration = self.wait()),
                    windower = TumblingWindower(length = nanoseconds(self.length), align_to = instant(self.align_to)),
                    ordered = self.ordered,
                );
                let lists = windows.down.map_value(|(id, list)| {
                    (now(), id, list.into_iter().map(|(item, _)| item).collect())
                });
                lists.output(down);
                windows.late.map_value(|(id, (item, _))| (now(), id, item)).output(late);
                let bounds = windows.meta.map_value(|(id, meta)| (now(), id, (of(meta.open_time), of(meta.close_time))));
                bounds.output(meta);
            };
            // At most one poll for an item, one for its due time as it waits, and one for its window's.
            run(way, flow, &time, 4 * self.events.len() + 3);
            Outcome { down: got.0.take(), late: got.1.take(), meta: got.2.take() }
        }

        fn folded(&self, way: Way) -> Outcome {
            let (down, late, meta) = (CollectingSink::new(), CollectingSink::new(), CollectingSink::new());
            let got = (down.collected(), late.collected(), meta.collected());
            let time = self.start();
            let now = || of(time.time());
            let flow = dataflow! {
                let items = input(self.source());
                let keyed = items.key_on(|(_, event)| event.key);
                let windows = keyed.fold_window(
                    clock = EventClock(|(_, event)| instant(event.time), wait_for_system_duration = self.wait()),
                    windower = TumblingWindower(length = nanoseconds(self.length), align_to = instant(self.align_to)),
                    builder = Vec::new,
                    folder = |mut list, (item, _)| {
                        list.push(item);
                        list
                    },
                    merger = |_, _| unreachable!("windows of one length never merge"),
                    ordered = self.ordered,
                );
                windows.down.map_value(|(id, list)| (now(), id, list)).output(down);
                windows.late.map_value(|(id, (item, _))| (now(), id, item)).output(late);
                let bounds = windows.meta.map_value(|(id, meta)| (now(), id, (of(meta.open_time), of(meta.close_time))));
                bounds.output(meta);
            };
            run(way, flow, &time, 4 * self.events.len() + 3);
            Outcome { down: got.0.take(), late: got.1.take(), meta: got.2.take() }
        }

        fn check(&self) {
            let expected = self.model();
            every_way(|way| {
                for got in [self.collected(way), self.folded(way)] {
                    assert_eq!(sorted(got.down), expected.down, "down, {way:?}");
                    assert_eq!(sorted(got.late), expected.late, "late, {way:?}");
                    assert_eq!(sorted(got.meta), expected.meta, "meta, {way:?}");
                }
            });
        }
    }

    fn of(time: DateTime<Utc>) -> i128 {
        time.timestamp_nanos_opt().unwrap().into()
    }

    fn nanoseconds(length: i128) -> TimeDelta {
        TimeDelta::nanoseconds(i64::try_from(length).unwrap())
    }

    /// One key behind the other, the rows of each in the order in which they came.
    fn sorted<V>(mut rows: Vec<Row<V>>) -> Vec<Row<V>> {
        rows.sort_by_key(|(key, _)| *key);
        rows
    }

    const SECOND: i128 = 1_000_000_000;
    const YEAR: i128 = 365 * 24 * 3600 * SECOND;

    /// A few seconds, or a few nanoseconds, somewhere within 250 years of 1970; the system's time is
    /// somewhere else.
    fn near() -> impl Strategy<Value = Scenario> {
        let event = (prop_oneof![2 => Just(0), 3 => 1..8_i128], -15..25_i128, 0..3_u8);
        let events = prop::collection::vec(event, 0..30);
        let unit = prop_oneof![Just(1), Just(SECOND), Just(3600 * SECOND)];
        let wait = prop_oneof![3 => (0..15_i128).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)];
        let times = (-249 * YEAR..249 * YEAR, -249 * YEAR..249 * YEAR, -40..40_i128, any::<bool>());
        (events, unit, 1..16_i128, wait, times, any::<bool>()).prop_map(
            |(events, unit, length, wait, (event_time, system_time, align_to, in_step), ordered)| {
                let mut arrival = system_time;
                let events = events.into_iter().map(|(gap, time, key)| {
                    arrival += gap * unit;
                    // Else an item's time has nothing to do with when it comes.
                    let base = if in_step { event_time + arrival - system_time } else { event_time };
                    Event { key, arrival, time: base + time * unit }
                });
                Scenario {
                    events: events.collect(),
                    length: length * unit,
                    align_to: event_time + align_to * unit,
                    wait: wait.map(|wait| wait * unit),
                    ordered,
                }
            },
        )
    }

    /// Windows, waits and pauses of many years.
    fn far() -> impl Strategy<Value = Scenario> {
        let event = (prop_oneof![4 => Just(0), 4 => 1..40_i128, 1 => 290..480_i128], -250..250_i128, 0..3_u8);
        let events = prop::collection::vec(event, 0..12);
        let wait = prop_oneof![3 => (0..290_i128).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)];
        (events, 1..40_i128, -250..250_i128, wait, any::<bool>()).prop_map(
            |(events, length, align_to, wait, ordered)| {
                let mut arrival = -250 * YEAR;
                let events = events.into_iter().map(|(gap, time, key)| {
                    arrival = (arrival + gap * YEAR).min(249 * YEAR);
                    Event { key, arrival, time: time * YEAR }
                });
                Scenario {
                    events: events.collect(),
                    length: length * YEAR,
                    align_to: align_to * YEAR,
                    wait: wait.map(|wait| wait * YEAR),
                    ordered,
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn windows_close_by_items_and_by_system_time(scenario in near()) {
            scenario.check();
        }

        #[test]
        fn windows_of_many_years_close_too(scenario in far()) {
            scenario.check();
        }
    }

    /// The watermark is carried from 1720 to 2120 while nobody asks for it.
    #[test]
    fn a_key_may_be_idle_for_four_hundred_years() {
        let event = |arrival, time| Event { key: 0, arrival: arrival * YEAR, time: time * YEAR };
        for ordered in [true, false] {
            let scenario = Scenario {
                events: vec![event(-250, -250), event(150, 149), event(150, 150)],
                length: YEAR,
                align_to: 0,
                wait: Some(0),
                ordered,
            };
            scenario.check();
        }
    }

    /// A window that opens 390 years ahead of its key's watermark.
    #[test]
    fn a_window_may_close_in_four_hundred_years() {
        let scenario = Scenario {
            events: vec![
                Event { key: 0, arrival: -250 * YEAR, time: 0 },
                Event { key: 1, arrival: 200 * YEAR, time: 0 },
            ],
            length: 150 * YEAR,
            align_to: 0,
            wait: Some(250 * YEAR),
            ordered: false,
        };
        scenario.check();
    }
}

mod meetings {
    use super::*;

    /// What a step does with a number. Keyed steps take the number's remainder by three as its key.
    #[derive(Clone, Copy)]
    enum Does {
        /// Any number of numbers for one.
        Each(fn(i64) -> Vec<i64>),
        /// The sum of all that its key had so far.
        Sum,
        /// Gathers so many, for ten seconds at most, and gives what [`digest`] makes of them.
        Gather(usize),
        /// Notes the number: the end of the flow.
        Note,
    }
    use Does::{Each, Gather, Note, Sum};

    /// A number that tells lists from each other.
    fn digest(list: &[i64]) -> i64 {
        list.iter().fold(7, |digest, number| (digest * 31 + number) % 1_000_003)
    }

    fn key(number: i64) -> i64 {
        number.rem_euclid(3)
    }

    struct Step {
        does: Does,
        /// The steps behind it, in the order in which the block has them.
        to: &'static [usize],
    }

    /// What a step knows of a key.
    struct Known {
        key: i64,
        due: i128,
        numbers: Vec<i64>,
    }

    /// Takes every number alone through the whole flow before the next one.
    struct Walk<'a> {
        steps: &'a [Step],
        /// For each step, its keys, that which came first at the front.
        known: Vec<Vec<Known>>,
        now: i128,
        noted: Vec<i64>,
    }

    impl<'a> Walk<'a> {
        /// The first steps are the sources, whose numbers come at their seconds. Several take turns, and say
        /// that they have ended when their turn comes and nothing is left.
        fn of(steps: &'a [Step], sources: &[&Numbers]) -> Vec<i64> {
            let known = steps.iter().map(|_| Vec::new()).collect();
            let mut walk = Walk { steps, known, now: 0, noted: Vec::new() };
            let mut left: Vec<_> = sources.iter().map(|numbers| numbers.iter().peekable()).collect();
            let mut ended = vec![false; sources.len()];
            let end = sources.iter().filter_map(|numbers| numbers.last()).map(|(second, _)| *second).max();
            for now in 0..=end.unwrap_or(0) {
                walk.now = now;
                let mut is_over = false;
                while !is_over {
                    is_over = true;
                    for (source, left) in left.iter_mut().enumerate() {
                        let next = left.next_if(|(second, _)| *second <= now);
                        if let Some((_, number)) = next {
                            walk.give(source, *number);
                        }
                        let ends = left.peek().is_none() && (next.is_none() || sources.len() == 1);
                        is_over &= next.is_none() && (!ends || ended[source]);
                        ended[source] = ends;
                    }
                    walk.settle(&ended);
                }
            }
            walk.noted
        }

        /// Whether what `source` gives comes to `step`.
        fn hears(&self, step: usize, source: usize) -> bool {
            step == source || self.steps[source].to.iter().any(|next| self.hears(step, *next))
        }

        fn give(&mut self, step: usize, number: i64) {
            let steps = self.steps;
            for to in steps[step].to {
                self.take(*to, number);
            }
        }

        fn take(&mut self, step: usize, number: i64) {
            let now = self.now;
            let known = &mut self.known[step];
            let place = known.iter().position(|known| known.key == key(number)).unwrap_or_else(|| {
                known.push(Known { key: key(number), due: now + 10, numbers: Vec::new() });
                known.len() - 1
            });
            known[place].numbers.push(number);
            let known_numbers = &known[place].numbers;
            match self.steps[step].does {
                Each(made) => made(number).into_iter().for_each(|number| self.give(step, number)),
                Sum => {
                    let sum = known_numbers.iter().sum();
                    self.give(step, sum);
                }
                Gather(most) if known_numbers.len() < most => {}
                Gather(_) => {
                    let list = known.remove(place);
                    self.give(step, digest(&list.numbers));
                }
                Note => self.noted.push(number),
            }
        }

        /// Lets each step in turn give its lists that are due, and all others where its input is over.
        fn settle(&mut self, ended: &[bool]) {
            for step in 0..self.steps.len() {
                if matches!(self.steps[step].does, Gather(_)) {
                    let now = self.now;
                    let (mut due, mut others): (Vec<_>, Vec<_>) =
                        self.known[step].drain(..).partition(|list| list.due <= now);
                    let mut sources = ended.iter().enumerate();
                    if sources.all(|(source, ended)| *ended || !self.hears(step, source)) {
                        due.append(&mut others);
                    }
                    self.known[step] = others;
                    for list in due {
                        self.give(step, digest(&list.numbers));
                    }
                }
            }
        }
    }

    /// The same as Rust closures, for the blocks.
    fn sum(sum: Option<i64>, number: i64) -> (Option<i64>, i64) {
        let sum = sum.unwrap_or(0) + number;
        (Some(sum), sum)
    }

    fn double(number: i64) -> i64 {
        number * 2
    }

    fn twice(number: i64) -> Vec<i64> {
        vec![number, number + 100]
    }

    fn same(number: i64) -> Vec<i64> {
        vec![number]
    }

    fn doubled(number: i64) -> Vec<i64> {
        vec![double(number)]
    }

    fn odd(number: i64) -> Vec<i64> {
        if number % 2 == 0 { Vec::new() } else { vec![number] }
    }

    fn even(number: i64) -> Vec<i64> {
        if number % 2 == 0 { vec![number] } else { Vec::new() }
    }

    /// Numbers and the seconds at which they come.
    type Numbers = [(i128, i64)];

    fn numbers() -> impl Strategy<Value = Vec<(i128, i64)>> {
        let gap = prop_oneof![4 => Just(0), 2 => 1..5_i128, 1 => 5..15_i128];
        prop::collection::vec((gap, 0..50_i64), 0..40).prop_map(|numbers| {
            let mut now = 0;
            let arrivals = numbers.into_iter().map(|(gap, number)| {
                now += gap;
                (now, number)
            });
            arrivals.collect()
        })
    }

    fn source(numbers: &Numbers) -> TimedSource<impl Iterator<Item = (DateTime<Utc>, i64)>> {
        TimedSource::new(numbers.iter().map(|(second, number)| (instant(second * 1_000_000_000), *number)))
    }

    /// Runs a block for every batch limit, and compares what it gives with a walk.
    macro_rules! walks {
        ($steps:expr, ($($source:ident),*), |$sink:ident| $flow:expr) => {{
            let steps: &[Step] = &$steps;
            let sources: &[&Numbers] = &[$(&$source),*];
            let expected = Walk::of(steps, sources);
            let most_polls = sources.iter().map(|numbers| 30 * numbers.len()).sum::<usize>() + 9;
            every_way(|way| {
                // Keys that overtake each other meet in another order.
                if way.partitions > 1 {
                    return;
                }
                $(let $source = source(&$source);)*
                let $sink = CollectingSink::new();
                let got = $sink.collected();
                let time = SimulatedTime::starting_at(instant(0));
                run(way, $flow, &time, most_polls);
                assert_eq!(got.take(), expected, "{way:?}");
            });
        }};
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_plain_way_and_the_keyed_way(numbers in numbers()) {
            let keyed_first = [
                Step { does: Each(same), to: &[1, 2] },
                Step { does: Sum, to: &[2] },
                Step { does: Note, to: &[] },
            ];
            walks!(keyed_first, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let keyed = all.key_on(|number| key(*number));
                let sums = keyed.stateful_map(sum);
                let values = sums.key_rm();
                let met = merge(all, values);
                met.output(sink);
            });
            let plain_first = [
                Step { does: Each(same), to: &[2, 1] },
                Step { does: Sum, to: &[2] },
                Step { does: Note, to: &[] },
            ];
            walks!(plain_first, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let plain = all.map(|number| number);
                let keyed = all.key_on(|number| key(*number));
                let sums = keyed.stateful_map(sum);
                let values = sums.key_rm();
                let met = merge(values, plain);
                met.output(sink);
            });
        }

        #[test]
        fn three_ways(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1, 2, 3] },
                Step { does: Gather(3), to: &[4] },
                Step { does: Each(doubled), to: &[4] },
                Step { does: Sum, to: &[4] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let keyed = all.key_on(|number| key(*number));
                let lists = keyed.collect(timeout = 10s, max_size = 3);
                let digests = lists.map(|(_, list)| digest(&list));
                let doubled = all.map(double);
                let sums = all.key_on(|number| key(*number)).stateful_map(sum).key_rm();
                let met = merge(sums, digests, doubled);
                met.output(sink);
            });
        }

        #[test]
        fn one_arm_of_a_branch_gathers(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1, 2] },
                Step { does: Each(odd), to: &[3] },
                Step { does: Each(even), to: &[4] },
                Step { does: Gather(2), to: &[4] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let (odd, even) = all.branch(|number| number % 2 != 0);
                let keyed = odd.key_on(|number| key(*number));
                let lists = keyed.collect(timeout = 10s, max_size = 2);
                let digests = lists.map(|(_, list)| digest(&list));
                merge(even, digests).output(sink);
            });
        }

        #[test]
        fn what_has_met_is_gathered_and_meets_again(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1, 2, 4] },
                Step { does: Sum, to: &[2] },
                Step { does: Each(same), to: &[3] },
                Step { does: Gather(4), to: &[4] },
                Step { does: Each(doubled), to: &[5, 6] },
                Step { does: Sum, to: &[6] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let sums = all.key_on(|number| key(*number)).stateful_map(sum).key_rm();
                let met = merge(sums, all);
                let lists = met.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 4);
                let digests = lists.map(|(_, list)| digest(&list));
                let again = merge(digests, all).map(double);
                let sums_again = again.key_on(|number| key(*number)).stateful_map(sum).key_rm();
                merge(again, sums_again).output(sink);
            });
        }

        #[test]
        fn a_keyed_step_gives_to_several(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1] },
                Step { does: Gather(2), to: &[2, 3, 4] },
                Step { does: Gather(2), to: &[4] },
                Step { does: Each(doubled), to: &[4] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let lists = all.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 2);
                let digests = lists.map(|(_, list)| digest(&list));
                let lists_of_lists = digests.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 2);
                let of_lists = lists_of_lists.map(|(_, list)| digest(&list));
                let doubled = digests.map(double);
                merge(of_lists, digests, doubled).output(sink);
            });
        }

        /// Both of what comes of one number go all their ways before the other does.
        #[test]
        fn several_for_one_part_and_meet(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1] },
                Step { does: Each(twice), to: &[2, 3] },
                Step { does: Each(doubled), to: &[4] },
                Step { does: Sum, to: &[4] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let twice = all.flat_map(twice);
                let doubled = twice.map(double);
                let sums = twice.key_on(|number| key(*number)).stateful_map(sum).key_rm();
                merge(sums, doubled).output(sink);
            });
        }

        /// A stream that is merged with itself comes twice, at once.
        #[test]
        fn a_stream_meets_itself_behind_a_keyed_step(numbers in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[1, 2, 2] },
                Step { does: Sum, to: &[2] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (numbers), |sink| dataflow! {
                let all = input(numbers);
                let sums = all.key_on(|number| key(*number)).stateful_map(sum).key_rm();
                merge(all, sums, all).output(sink);
            });
        }

        #[test]
        fn two_sources_meet(left in numbers(), right in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[2] },
                Step { does: Each(same), to: &[3] },
                Step { does: Gather(3), to: &[3] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (left, right), |sink| dataflow! {
                let left = input(left);
                let right = input(right);
                let lists = left.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 3);
                let digests = lists.map(|(_, list)| digest(&list));
                merge(digests, right).output(sink);
            });
        }

        #[test]
        fn two_sources_meet_and_one_of_them_comes_again(left in numbers(), right in numbers()) {
            let steps = [
                Step { does: Each(same), to: &[2, 3] },
                Step { does: Each(same), to: &[2, 3] },
                Step { does: Gather(4), to: &[3, 4] },
                Step { does: Each(same), to: &[4] },
                Step { does: Gather(2), to: &[5] },
                Step { does: Note, to: &[] },
            ];
            walks!(steps, (left, right), |sink| dataflow! {
                let left = input(left);
                let right = input(right);
                right.inspect(|_| {});
                let first = merge(left, right);
                let lists = first.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 4);
                let digests = lists.map(|(_, list)| digest(&list));
                let second = merge(digests, left, right);
                let both = merge(second, digests);
                let again = both.key_on(|number| key(*number)).collect(timeout = 10s, max_size = 2);
                again.map(|(_, list)| digest(&list)).output(sink);
            });
        }
    }
}
