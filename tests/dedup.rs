//! Each value once under its key: random inputs against a naive model, and what is kept of them.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use chrono::TimeDelta;
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

const SECOND: i128 = 1_000_000_000;

/// A second, a key and a value.
type Arrival = (i128, u8, u8);

/// Looks at all that has been let through before.
fn model(arrivals: &[Arrival], within: i128, same: impl Fn(u8, u8) -> bool) -> Vec<(u8, u8)> {
    let mut through: Vec<Arrival> = Vec::new();
    for (now, key, value) in arrivals {
        let holds_back = |(since, other, earlier): &Arrival| {
            other == key && same(*earlier, *value) && *now < since + within
        };
        if !through.iter().any(holds_back) {
            through.push((*now, *key, *value));
        }
    }
    through.into_iter().map(|(_, key, value)| (key, value)).collect()
}

/// The pairs of key and value that a block lets through.
macro_rules! let_through {
    ($way:ident, $arrivals:ident, |$values:ident| $flow:expr) => {{
        let time = SimulatedTime::starting_at(instant(0));
        let sink = CollectingSink::new();
        let through = sink.collected();
        let timed = $arrivals.iter().map(|(second, key, value)| (instant(second * SECOND), (*key, *value)));
        let $values = (TimedSource::new(timed), sink);
        run($way, $flow, &time, 3 * $arrivals.len() + 3);
        through.take()
    }};
}

/// A value with few hashes, so that values are told apart by more than those.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Clashing(u8);

impl Hash for Clashing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0 % 2).hash(state);
    }
}

fn whole(way: Way, arrivals: &[Arrival], within: TimeDelta) -> Vec<(u8, u8)> {
    let_through!(way, arrivals, |ends| dataflow! {
        let pairs = input(ends.0);
        let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| Clashing(value));
        values.dedup(within = within).map_value(|value| value.0).output(ends.1);
    })
}

fn by_part(way: Way, arrivals: &[Arrival], within: TimeDelta) -> Vec<(u8, u8)> {
    let_through!(way, arrivals, |ends| dataflow! {
        let pairs = input(ends.0);
        let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| value);
        values.dedup(by = |value| value % 3, within = within).output(ends.1);
    })
}

fn for_ever(way: Way, arrivals: &[Arrival]) -> Vec<(u8, u8)> {
    let_through!(way, arrivals, |ends| dataflow! {
        let pairs = input(ends.0);
        let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| value);
        values.dedup().output(ends.1);
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_value_comes_once(
        gaps in prop::collection::vec((prop_oneof![3 => Just(0), 2 => 1..9_i128], 0..4_u8, 0..9_u8), 0..200),
        within in 1..20_i128,
    ) {
        let arrivals: Vec<_> = gaps
            .into_iter()
            .scan(0, |now, (gap, key, value)| {
                *now += gap;
                Some((*now, key, value))
            })
            .collect();
        let length = TimeDelta::seconds(i64::try_from(within).unwrap());
        let (some_time, parts) = (
            model(&arrivals, within, |one, other| one == other),
            model(&arrivals, within, |one, other| one % 3 == other % 3),
        );
        let ever = model(&arrivals, i128::MAX / 2, |one, other| one == other);
        every_way(|way| {
            way.compare(&whole(way, &arrivals, length), &some_time);
            way.compare(&by_part(way, &arrivals, length), &parts);
            way.compare(&for_ever(way, &arrivals), &ever);
        });
    }
}

/// A value that knows how many there are of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted(Rc<str>);

impl Hash for Counted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        0_u8.hash(state);
    }
}

#[test]
fn a_due_time_frees_what_is_remembered() {
    every_way(|way| {
        let time = SimulatedTime::starting_at(instant(0));
        let [tea, milk] = ["tea", "milk"].map(|word| Counted(Rc::from(word)));
        let mut counts = Vec::new();
        let words =
            [(0, &tea), (1, &milk), (2, &tea)].map(|(second, word)| (instant(second * SECOND), word.clone()));
        let flow = dataflow! {
            let words = input(TimedSource::new(words));
            words.key_on(|_| "ALL").dedup(within = 10s).output(|_| {});
            let seconds = input(TimedSource::new([5, 10, 11, 12].map(|second| (instant(second * SECOND), second))));
            seconds.inspect(|second| counts.push((*second, Rc::strong_count(&tea.0), Rc::strong_count(&milk.0))));
        };
        run(way, flow, &time, 20);
        // What came second goes second; that it came again changes nothing.
        assert_eq!(counts, [(5, 2, 2), (10, 2, 2), (11, 1, 2), (12, 1, 1)], "{way:?}");
    });
}

#[test]
fn nothing_is_refused() {
    let within = TimeDelta::zero();
    let flow = dataflow! {
        let numbers = input(TestingSource::new([1]));
        let once = numbers.key_on(|_| "ALL").dedup(within = within);
        once.output(|pair| panic!("{pair:?}"));
    };
    let error = flow.run_in(SimulatedTime::starting_at(instant(0))).unwrap_err().to_string();
    assert!(error.contains("step `once`: cannot start: `within`"), "{error}");
}
