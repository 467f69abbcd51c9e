//! More keys than a step calls before it makes a pause, and more than those whose items it takes where they are made.

mod common;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;

const KEYS: u64 = 5_000;

/// Each number up to `KEYS` once, in no order that a table could have by chance.
fn shuffled() -> impl Iterator<Item = u64> {
    (0..KEYS).map(|number| number * 1_237 % KEYS)
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

#[test]
fn keys_speak_at_the_end_in_the_order_in_which_they_came() {
    let expected: Vec<_> = shuffled().map(|key| (key, 2)).collect();
    every_way(|way| {
        let sink = CollectingSink::new();
        let counts = sink.collected();
        let flow = dataflow! {
            let numbers = input(IterSource::new(shuffled().chain(0..KEYS)));
            let keyed = numbers.key_on(|number| *number);
            let counts = keyed.fold_final(builder = || 0, folder = |count, _| count + 1);
            counts.output(sink);
        };
        way.start(flow, SimulatedTime::starting_at(at(0))).run().unwrap();
        way.compare(&counts.take(), &expected);
    });
}

/// The lists of all keys come due at once, and a step behind them counts them.
#[test]
fn keys_that_come_due_together_speak_in_the_order_in_which_they_came() {
    let expected: Vec<_> = (0..).zip(shuffled()).map(|(count, key)| ((), (10, count, key))).collect();
    for batch in [1, 1000] {
        let way = Way { batch, partitions: 1 };
        let time = SimulatedTime::starting_at(at(0));
        let clock = time.clone();
        let sink = CollectingSink::new();
        let numbered = sink.collected();
        let items = shuffled().map(|key| (at(0), key)).chain([(at(20), KEYS)]);
        let flow = dataflow! {
            let numbers = input(TimedSource::new(items));
            let keyed = numbers.key_on(|number| *number);
            let lists = keyed.collect(timeout = 10s, max_size = 3);
            let all = lists.filter(|(key, _)| *key < KEYS).key_on(|_| ());
            let numbered = all.stateful_map(|count: Option<u32>, (key, _)| {
                let count = count.unwrap_or_default();
                (Some(count + 1), (clock.time().timestamp(), count, key))
            });
            numbered.output(sink);
        };
        way.start(flow, time).run().unwrap();
        way.compare(&numbered.take(), &expected);
    }
}

/// A window step takes items at once while it has few keys, and together when it has many. Of very many it looks ahead
/// at what their states keep elsewhere. Sliding windows of one slice are windows that do not overlap.
#[test]
fn windows_of_very_many_keys() {
    const ITEMS: u64 = 240_000;
    let events = || {
        (0..ITEMS)
            .map(|number| (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32, number))
            .map(|(random, number)| (random % 150_000, i64::try_from(number / 1_000).unwrap()))
    };
    let mut expected: BTreeMap<(u64, i64), u64> = BTreeMap::new();
    for (key, second) in events() {
        *expected.entry((key, second / 10)).or_default() += 1;
    }
    let expected: Vec<_> =
        expected.into_iter().map(|((key, window), count)| (key, (window, count))).collect();
    assert!(expected.iter().map(|(key, _)| key).is_sorted() && expected.len() > 100_000);
    for partitions in [1, 3] {
        let way = Way { batch: 1000, partitions };
        let (sink, sliding_sink) = (CollectingSink::new(), CollectingSink::new());
        let all = [sink.collected(), sliding_sink.collected()];
        let flow = dataflow! {
            let events = input(IterSource::new(events()));
            let keyed = events.key_on(|(key, _)| *key);
            let counts = keyed.count_window(
                clock = EventClock(|(_, second)| at(*second), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            counts.down.output(sink);
            let sliding = keyed.count_window(
                clock = EventClock(|(_, second)| at(*second), wait_for_system_duration = 0s),
                windower = SlidingWindower(length = 10s, offset = 10s, align_to = at(0)),
            );
            sliding.down.output(sliding_sink);
        };
        way.start(flow, SimulatedTime::starting_at(at(0))).run().unwrap();
        for counts in all {
            let mut counts = counts.take();
            counts.sort_by_key(|(key, _)| *key);
            assert_eq!(counts, expected);
        }
    }
}
