//! The promise that nothing spins: an idle flow with open windows wakes once for each due time, and no more.

use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::time::SimulatedTime;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

/// When a flow wants to be woken, until it ends. It must not be busy with nothing, nor wait for what is past.
fn wakes(flow: impl Dataflow, time: &SimulatedTime, items: usize) -> Vec<DateTime<Utc>> {
    let mut running = flow.start(time.clone());
    let (mut wakes, mut busy) = (Vec::new(), 0);
    loop {
        match running.poll(Waker::noop()).unwrap() {
            Progress::Busy => busy += 1,
            Progress::Idle(Some(due)) => {
                assert!(due > time.time(), "it waits for {due}, which is past");
                wakes.push(due);
                time.set(due);
            }
            Progress::Idle(None) => panic!("it waits for nothing"),
            Progress::Ended => break,
        }
        assert!(busy <= items && wakes.len() <= 2 * items, "it spins: {wakes:?}");
    }
    wakes
}

/// Event time is a year behind: the watermark reaches the close of the window 7 s after the item came.
#[test]
fn event_time_that_lags() {
    let time = SimulatedTime::starting_at(at(0));
    let year = TimeDelta::days(365);
    let flow = dataflow! {
        let items = input(TimedSource::new([(at(0), at(3) - year), (at(1_000), at(500) - year)]));
        let keyed = items.key_on(|_| 'k');
        let counts = keyed.count_window(
            clock = EventClock(|time| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = at(0) - year),
        );
        counts.down.inspect(|_| {});
    };
    assert_eq!(wakes(flow, &time, 2), [at(7), at(1_000)]);
}

/// Items wait until the watermark, which is 5 s behind, is there; and the window closes when it is at 10.
#[test]
fn items_that_wait_for_their_time() {
    let time = SimulatedTime::starting_at(at(0));
    let flow = dataflow! {
        let items = input(TimedSource::new([(at(0), 9), (at(0), 6), (at(100), 100)]));
        let keyed = items.key_on(|_| 'k');
        let lists = keyed.collect_window(
            clock = EventClock(|second| at(*second), wait_for_system_duration = 5s),
            windower = TumblingWindower(length = 10s, align_to = at(0)),
        );
        lists.down.inspect(|_| {});
    };
    // The watermark is at 4: it reaches 6, 9 and 10 after 2, 5 and 6 seconds.
    assert_eq!(wakes(flow, &time, 3), [at(2), at(5), at(6), at(100)]);
}

#[test]
fn many_keys_with_a_due_time_in_common() {
    let time = SimulatedTime::starting_at(at(0));
    let flow = dataflow! {
        let items = input(TimedSource::new((0..2_000).map(|key| (at(0), key)).chain([(at(60), 0)])));
        let keyed = items.key_on(|key| *key);
        let counts = keyed.count_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = at(0)),
            forget_keys_after = 30s,
        );
        counts.down.inspect(|_| {});
    };
    assert_eq!(wakes(flow, &time, 2_001), [at(10), at(30), at(60)]);
}

/// Nothing comes due while nothing new has come.
#[test]
fn early_results() {
    let time = SimulatedTime::starting_at(at(0));
    let flow = dataflow! {
        let items = input(TimedSource::new([(at(0), 1), (at(12), 2), (at(59), 3)]));
        let keyed = items.key_on(|_| 'k');
        let counts = keyed.count_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 1h, align_to = at(0)),
            early = 5s,
        );
        counts.early.inspect(|_| {});
    };
    assert_eq!(wakes(flow, &time, 3), [at(5), at(12), at(15), at(59)]);
}
