//! The promise that idle keys cost little: a million that had an item each, and nothing that is open.

use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::time::SimulatedTime;

const KEYS: u64 = 1_000_000;

/// What a key costs beyond itself, in bytes.
const MOST: i64 = 64;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

/// All keys at once, and a last one a day later.
fn keys() -> TimedSource<impl Iterator<Item = (DateTime<Utc>, u64)>> {
    let day = TimeDelta::days(1);
    TimedSource::new((0..KEYS).map(|key| (at(0), key)).chain([(DateTime::UNIX_EPOCH + day, KEYS)]))
}

/// How many bytes more are in use for each key than before, when nothing is due any more but the last key.
fn bytes_per_key(flow: impl Dataflow) -> i64 {
    let time = SimulatedTime::starting_at(at(0));
    let mut running = flow.start(time.clone());
    let run = || loop {
        match running.poll(Waker::noop()).expect("nothing here can fail") {
            Progress::Busy => {}
            Progress::Idle(Some(due)) if due < at(80_000) => time.set(due),
            other => return assert!(matches!(other, Progress::Idle(_)), "{other:?}"),
        }
    };
    let used = allocation_counter::measure(run).bytes_current;
    drop(running);
    used / i64::try_from(KEYS).expect("there are not so many keys")
}

#[track_caller]
fn check(flow: impl Dataflow, most: i64) {
    let bytes = bytes_per_key(flow);
    let of_key = i64::try_from(size_of::<u64>()).expect("a key is small");
    eprintln!("{bytes} bytes a key, its own {of_key} among them");
    assert!(bytes <= most + of_key, "{bytes} bytes a key");
}

#[test]
fn tumbling_windows() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let counts = keyed.count_window(
            clock = EventClock(|_| at(3), wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = at(0)),
        );
        counts.down.output(|_| {});
        counts.meta.output(|_| {});
    };
    check(flow, MOST);
}

#[test]
fn sliding_windows_in_order() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let lists = keyed.collect_window(
            clock = EventClock(|_| at(3), wait_for_system_duration = 1s),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
        );
        lists.down.output(|_| {});
    };
    check(flow, MOST);
}

#[test]
fn sessions() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let counts = keyed.count_window(
            clock = EventClock(|_| at(3), wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 10s),
        );
        counts.down.output(|_| {});
    };
    check(flow, MOST);
}

#[test]
fn lists_that_time_out() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let lists = keyed.collect(timeout = 10s, max_size = 3);
        lists.output(|_| {});
    };
    check(flow, MOST);
}

#[test]
fn lists_that_are_full() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let lists = keyed.collect(timeout = 10s, max_size = 1);
        lists.output(|_| {});
    };
    check(flow, MOST);
}

#[test]
fn forgotten_keys() {
    let flow = dataflow! {
        let keys = input(keys());
        let keyed = keys.key_on(|key| *key);
        let counts = keyed.count_window(
            clock = EventClock(|_| at(3), wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 10s),
            forget_keys_after = 1h,
        );
        counts.down.output(|_| {});
    };
    // Some room is kept, whatever the number of keys: less than four megabytes.
    check(flow, 0);
}
