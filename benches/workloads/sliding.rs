//! W4: windows that overlap, by key.

use chrono::{DateTime, TimeDelta};
use flow::prelude::*;
use flow::time::{StillTime, Timestamp};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{SECOND, digest, events};
use super::{Contestant, Event, Peers, Workload};

pub(super) const WORKLOADS: &[Workload] = &[
    Workload {
        name: "w4-2",
        what: "sums of windows of 2 s that begin each second, 100 keys, 1 000 items a second",
        item: "item",
        items: 1_000_000,
        sample: 100_000,
        contestants: |items, peers| contestants(items, 2, peers),
    },
    Workload {
        name: "w4-10",
        what: "the same with windows of 10 s",
        item: "item",
        items: 1_000_000,
        sample: 100_000,
        contestants: |items, peers| contestants(items, 10, peers),
    },
    Workload {
        name: "w4-60",
        what: "the same with windows of 60 s",
        item: "item",
        items: 1_000_000,
        sample: 100_000,
        contestants: |items, peers| contestants(items, 60, peers),
    },
    Workload {
        name: "w4-600",
        what: "the same with windows of 600 s",
        item: "item",
        items: 1_000_000,
        sample: 2_000,
        contestants: |items, peers| contestants(items, 600, peers),
    },
];

pub(crate) const SLIDE: i64 = SECOND;

fn contestants(items: usize, overlap: i64, peers: &dyn Peers) -> Vec<Contestant> {
    let events = events(items, 100, SECOND / 1_000, 0);
    let mut all = vec![
        Contestant::new("hand", move || by_hand(events, overlap)),
        Contestant::new("hand, a sum a window", move || a_sum_a_window(events, overlap)),
        Contestant::new("flow", move || as_flow(events, overlap)),
    ];
    all.extend(peers.sliding_sums(events, overlap));
    all
}

/// What some panes hold.
#[derive(Clone, Copy, Debug, Default)]
struct Partial {
    sum: u64,
    count: u64,
}

impl Partial {
    fn with(self, later: Self) -> Self {
        Self { sum: self.sum + later.sum, count: self.count + later.count }
    }
}

/// One partial a slide, in two stacks, so that a window is the sum of two partials.
#[derive(Clone, Debug)]
pub(crate) struct Panes {
    pane: i64,
    current: Partial,
    /// Of each pane in front, it and all behind it up to the flip; the oldest last.
    front: Vec<Partial>,
    back: Vec<Partial>,
    back_total: Partial,
}

impl Panes {
    pub(crate) fn new(pane: i64) -> Self {
        Self {
            pane,
            current: Partial::default(),
            front: Vec::new(),
            back: Vec::new(),
            back_total: Partial::default(),
        }
    }

    pub(crate) fn add(&mut self, value: u64) {
        self.current.sum += value;
        self.current.count += 1;
    }

    /// Goes on to `pane`, and gives each window that ends before it.
    pub(crate) fn advance(&mut self, pane: i64, overlap: i64, mut give: impl FnMut(i64, u64)) {
        while self.pane < pane {
            self.back.push(self.current);
            self.back_total = self.back_total.with(self.current);
            self.current = Partial::default();
            let total = self.front.last().copied().unwrap_or_default().with(self.back_total);
            if total.count > 0 {
                give(self.pane - overlap + 1, total.sum);
            }
            if i64::try_from(self.front.len() + self.back.len()) == Ok(overlap) {
                self.evict();
            }
            self.pane += 1;
        }
    }

    /// Gives the windows that are still open.
    pub(crate) fn end(&mut self, overlap: i64, give: impl FnMut(i64, u64)) {
        self.advance(self.pane + overlap, overlap, give);
    }

    fn evict(&mut self) {
        if self.front.is_empty() {
            let mut total = Partial::default();
            while let Some(partial) = self.back.pop() {
                total = partial.with(total);
                self.front.push(total);
            }
            self.back_total = Partial::default();
        }
        self.front.pop();
    }
}

fn by_hand(events: &[Event], overlap: i64) -> u64 {
    let mut keys: HashMap<u64, Panes, FxBuildHasher> = HashMap::default();
    let mut sum = 0_u64;
    for event in events {
        let pane = event.time.div_euclid(SLIDE);
        let panes = keys.entry(event.key).or_insert_with(|| Panes::new(pane));
        if panes.pane != pane {
            panes.advance(pane, overlap, |window, total| {
                sum = sum.wrapping_add(window_digest(event.key, window, total));
            });
        }
        panes.add(event.value);
    }
    for (key, panes) in &mut keys {
        panes.end(overlap, |window, total| sum = sum.wrapping_add(window_digest(*key, window, total)));
    }
    sum
}

/// The windows of a key are in a ring, that which closes first in front.
fn a_sum_a_window(events: &[Event], overlap: i64) -> u64 {
    let mut keys: HashMap<u64, std::collections::VecDeque<(i64, u64)>, FxBuildHasher> = HashMap::default();
    let mut sum = 0_u64;
    for event in events {
        let open = keys.entry(event.key).or_default();
        while let Some(&(window, total)) = open.front()
            && (window + overlap) * SLIDE <= event.time
        {
            sum = sum.wrapping_add(window_digest(event.key, window, total));
            open.pop_front();
        }
        let last = event.time.div_euclid(SLIDE);
        let next = open.back().map_or(i64::MIN, |(window, _)| window + 1).max(last - overlap + 1);
        open.extend((next..=last).map(|window| (window, 0)));
        for (_, total) in open.iter_mut() {
            *total += event.value;
        }
    }
    let rest = keys.iter().flat_map(|(key, open)| open.iter().map(move |window| (key, window)));
    rest.map(|(key, (window, total))| window_digest(*key, *window, *total)).fold(sum, u64::wrapping_add)
}

fn as_flow(events: &[Event], overlap: i64) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let events = input(IterSource::new(events.iter().copied()));
        let keyed = events.key_on(|event| event.key);
        let windows = keyed.sum_window(
            clock = EventClock(|event| Timestamp::from_nanoseconds(event.time), wait_for_system_duration = 0s),
            windower = SlidingWindower(
                length = TimeDelta::seconds(overlap),
                offset = 1s,
                align_to = DateTime::UNIX_EPOCH,
            ),
            of = |event| event.value,
        );
        windows.down.output(|(key, (window, total))| sum = sum.wrapping_add(window_digest(key, window, narrow(total))));
    };
    flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).expect("nothing here can fail");
    sum
}

/// No sum here is longer than a word.
fn narrow(total: u128) -> u64 {
    u64::try_from(total).unwrap_or(u64::MAX)
}

pub(crate) fn window_digest(key: u64, window: i64, total: u64) -> u64 {
    digest([key, window.cast_unsigned(), total])
}
