//! W5: sessions by key.

use chrono::DateTime;
use flow::prelude::*;
use flow::time::{StillTime, Timestamp};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{SECOND, digest, events};
use super::{Contestant, Event, Peers, Workload};

pub(super) const WORKLOADS: &[Workload] = &[
    Workload {
        name: "w5",
        what: "counts of sessions with a gap of 5 s, 1 000 keys, 400 items a second",
        item: "item",
        items: 8_000_000,
        sample: 100_000,
        contestants: |items, peers| contestants(items, 1_000, peers),
    },
    Workload {
        name: "w5-large",
        what: "the same with 100 000 keys, 40 000 items a second",
        item: "item",
        items: 8_000_000,
        sample: 400_000,
        contestants: |items, peers| contestants(items, 100_000, peers),
    },
];

pub(crate) const GAP: i64 = 5 * SECOND;

/// A key has an item every 2.5 seconds.
fn contestants(items: usize, keys: u32, peers: &dyn Peers) -> Vec<Contestant> {
    let pause = SECOND * 5 / 2 / i64::from(keys);
    let events = events(items, keys.into(), pause, 0);
    let mut all =
        vec![Contestant::new("hand", || by_hand(events)), Contestant::new("flow", || as_flow(events))];
    all.extend(peers.sessions(events));
    all
}

fn by_hand(events: &[Event]) -> u64 {
    struct Session {
        number: u64,
        last: i64,
        count: u64,
    }
    let mut sessions: HashMap<u64, Session, FxBuildHasher> = HashMap::default();
    let mut sum = 0_u64;
    for event in events {
        let session = sessions.entry(event.key).or_insert(Session { number: 0, last: event.time, count: 0 });
        if event.time - session.last > GAP {
            sum = sum.wrapping_add(digest([event.key, session.number, session.count]));
            session.number += 1;
            session.count = 0;
        }
        session.last = event.time;
        session.count += 1;
    }
    let rest = sessions.iter().map(|(key, session)| digest([*key, session.number, session.count]));
    rest.fold(sum, u64::wrapping_add)
}

fn as_flow(events: &[Event]) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let events = input(IterSource::new(events.iter().copied()));
        let keyed = events.key_on(|event| event.key);
        let sessions = keyed.count_window(
            clock = EventClock(|event| Timestamp::from_nanoseconds(event.time), wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 5s),
        );
        sessions.down.output(|(key, (session, count))| {
            sum = sum.wrapping_add(digest([key, session.cast_unsigned(), count]));
        });
    };
    flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).expect("nothing here can fail");
    sum
}
