//! A key with a single open window has one piece of memory of its own, however the windows are laid out.

use chrono::{DateTime, TimeDelta};
use flow::prelude::*;
use flow::time::{StillTime, Timestamp};

const KEYS: u64 = 10_000;

/// How often tables may grow as keys come, and what waits to go out at the end.
const GROWTH: u64 = 200;

/// `rounds` items of each key, a second from round to round.
fn items(rounds: i64) -> impl Iterator<Item = (Timestamp, u64)> {
    (0..rounds)
        .flat_map(|round| (0..KEYS).map(move |key| (Timestamp::from_nanoseconds(round * 1_000_000_000), key)))
}

fn allocations(flow: impl Dataflow) -> u64 {
    let run = || flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).map(drop).expect("nothing here can fail");
    allocation_counter::measure(run).count_total
}

macro_rules! check {
    ($windower:ident($($name:ident = $value:expr),*), $rounds:expr, $windows:expr) => {{
        let mut windows = 0;
        let flow = dataflow! {
            let items = input(IterSource::new(items($rounds)));
            let keyed = items.key_on(|(_, key)| *key);
            let counts = keyed.count_window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
                windower = $windower($($name = $value),*),
            );
            counts.down.output(|_| windows += 1);
        };
        let allocations = allocations(flow);
        assert_eq!(windows, KEYS * $windows);
        assert!(allocations <= KEYS + GROWTH, "{allocations} allocations for {KEYS} keys");
    }};
}

#[test]
fn tumbling_windows() {
    check!(TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH), 5, 1);
}

/// One window takes the place of another.
#[test]
fn tumbling_windows_one_behind_the_other() {
    check!(TumblingWindower(length = 2s, align_to = DateTime::UNIX_EPOCH), 6, 3);
}

#[test]
fn sessions() {
    check!(SessionWindower(gap = 2s), 5, 1);
}

/// All items of a key are in one slice, over which five windows close.
#[test]
fn sliding_windows_of_one_slice() {
    let length = TimeDelta::seconds(10);
    check!(SlidingWindower(length = length, offset = 2s, align_to = DateTime::UNIX_EPOCH), 2, 5);
}
