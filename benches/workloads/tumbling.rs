//! W3: windows that do not overlap, by key.

use chrono::DateTime;
use flow::prelude::*;
use flow::time::{StillTime, Timestamp};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{SECOND, digest, events};
use super::{Contestant, Event, Peers, Workload, step};

pub(super) const WORKLOADS: &[Workload] = &[
    Workload {
        name: "w3",
        what: "lists of tumbling windows of 1 min, 2 keys, an item a second",
        item: "item",
        items: 8_000_000,
        sample: 100_000,
        contestants: lists,
    },
    Workload {
        name: "w3b",
        what: "counts of tumbling windows of 1 min, 1 000 keys, 1 000 items a second, disorder within 5 s",
        item: "item",
        items: 8_000_000,
        sample: 100_000,
        contestants: counts,
    },
];

pub(crate) const LENGTH: i64 = 60 * SECOND;
pub(crate) const WAIT: i64 = 5 * SECOND;

fn lists(items: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let events = events(items, 2, SECOND, 0);
    let mut all = vec![
        Contestant::new("hand", || lists_by_hand(events)),
        Contestant::new("flow", || lists_as_flow(events)),
    ];
    all.extend(peers.tumbling_lists(events));
    all
}

fn lists_by_hand(events: &[Event]) -> u64 {
    struct Open {
        window: i64,
        list: Vec<Event>,
    }
    let mut windows: HashMap<u64, Open, FxBuildHasher> = HashMap::default();
    let mut sum = 0_u64;
    for event in events {
        let window = event.time.div_euclid(LENGTH);
        let open = windows.entry(event.key).or_insert_with(|| Open { window, list: Vec::new() });
        if open.window != window {
            sum = sum.wrapping_add(list_digest(event.key, open.window, &open.list));
            open.list.clear();
            open.window = window;
        }
        open.list.push(*event);
    }
    windows.iter().fold(sum, |sum, (key, open)| sum.wrapping_add(list_digest(*key, open.window, &open.list)))
}

fn lists_as_flow(events: &[Event]) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let events = input(IterSource::new(events.iter().copied()));
        let keyed = events.key_on(|event| event.key);
        let windows = keyed.collect_window(
            clock = EventClock(|event| Timestamp::from_nanoseconds(event.time), wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 1min, align_to = DateTime::UNIX_EPOCH),
        );
        windows.down.output(|(key, (window, list))| sum = sum.wrapping_add(list_digest(key, window, &list)));
    };
    flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).expect("nothing here can fail");
    sum
}

pub(crate) fn list_digest(key: u64, window: i64, list: &[Event]) -> u64 {
    digest([key, window.cast_unsigned(), list.iter().fold(0, |sum, event| step(sum, event.value))])
}

fn counts(items: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let events = events(items, 1_000, SECOND / 1_000, WAIT);
    let mut all = vec![
        Contestant::new("hand", || counts_by_hand(events)),
        Contestant::new("flow", || counts_as_flow(events)),
    ];
    all.extend(peers.tumbling_counts(events));
    all
}

/// Each key has a watermark, as in the flow, and a window closes when it is reached.
fn counts_by_hand(events: &[Event]) -> u64 {
    struct Key {
        watermark: i64,
        open: Vec<(i64, u64)>,
    }
    let mut keys: HashMap<u64, Key, FxBuildHasher> = HashMap::default();
    let (mut sum, mut late) = (0_u64, 0_u64);
    for event in events {
        let key = keys.entry(event.key).or_insert_with(|| Key { watermark: i64::MIN, open: Vec::new() });
        key.watermark = key.watermark.max(event.time - WAIT);
        if event.time < key.watermark {
            late += 1;
            continue;
        }
        let window = event.time.div_euclid(LENGTH);
        match key.open.iter_mut().find(|(open, _)| *open == window) {
            Some((_, count)) => *count += 1,
            None => key.open.push((window, 1)),
        }
        if key.open.iter().any(|(window, _)| (window + 1) * LENGTH <= key.watermark) {
            key.open.retain(|(window, count)| {
                let is_open = (window + 1) * LENGTH > key.watermark;
                if !is_open {
                    sum = sum.wrapping_add(digest([event.key, window.cast_unsigned(), *count]));
                }
                is_open
            });
        }
    }
    let rest = keys.iter().flat_map(|(key, state)| state.open.iter().map(move |window| (key, window)));
    let rest = rest.map(|(key, (window, count))| digest([*key, window.cast_unsigned(), *count]));
    rest.fold(sum, u64::wrapping_add).wrapping_add(late)
}

fn counts_as_flow(events: &[Event]) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let events = input(IterSource::new(events.iter().copied()));
        let keyed = events.key_on(|event| event.key);
        let windows = keyed.count_window(
            clock = EventClock(|event| Timestamp::from_nanoseconds(event.time), wait_for_system_duration = 5s),
            windower = TumblingWindower(length = 1min, align_to = DateTime::UNIX_EPOCH),
        );
        windows.down.output(|(key, (window, count))| {
            sum = sum.wrapping_add(digest([key, window.cast_unsigned(), count]));
        });
    };
    flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).expect("nothing here can fail");
    sum
}
