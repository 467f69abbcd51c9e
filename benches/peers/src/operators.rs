//! The keyed operators that no peer has in a form that could agree with the others, as one would write them for any of
//! the peers: a map from key to state that takes items and gives rows.

#[cfg(any(feature = "timely", feature = "dfir"))]
pub(crate) mod lists;
#[cfg(any(feature = "timely", feature = "dfir"))]
pub(crate) mod measurements;
pub(crate) mod nexmark;
#[cfg(any(feature = "timely", feature = "renoir"))]
pub(crate) mod sellers;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::shared::workloads::{Event, LENGTH, Panes, SLIDE, WAIT, list_digest, result_digest};

pub(crate) type Map<K, V> = HashMap<K, V, FxBuildHasher>;

/// A keyed operator.
pub(crate) trait Operator<T>: Clone + Send + 'static {
    /// What it gives.
    type Row: Clone + Send + 'static;

    fn take(&mut self, item: T, give: impl FnMut(Self::Row));

    fn end(&mut self, give: impl FnMut(Self::Row));

    /// A number for a row, in the order in which the rows come.
    fn sum(sum: u64, row: &Self::Row) -> u64;
}

/// Key, window and value.
pub(crate) type Row = (u64, i64, u64);

fn add(sum: u64, (key, window, value): &Row) -> u64 {
    sum.wrapping_add(result_digest(*key, *window, *value))
}

/// W3.
#[derive(Clone, Default)]
pub(crate) struct TumblingLists {
    open: Map<u64, (i64, Vec<Event>)>,
}

impl Operator<Event> for TumblingLists {
    type Row = (u64, i64, Vec<Event>);

    fn take(&mut self, event: Event, mut give: impl FnMut(Self::Row)) {
        let now = event.time.div_euclid(LENGTH);
        let (window, list) = self.open.entry(event.key).or_insert_with(|| (now, Vec::new()));
        if *window != now {
            give((event.key, *window, std::mem::take(list)));
            *window = now;
        }
        list.push(event);
    }

    fn end(&mut self, mut give: impl FnMut(Self::Row)) {
        self.open.drain().for_each(|(key, (window, list))| give((key, window, list)));
    }

    fn sum(sum: u64, (key, window, list): &Self::Row) -> u64 {
        sum.wrapping_add(list_digest(*key, *window, list))
    }
}

/// W3b.
#[derive(Clone, Default)]
pub(crate) struct TumblingCounts {
    keys: Map<u64, (i64, Vec<(i64, u64)>)>,
}

impl Operator<Event> for TumblingCounts {
    type Row = Row;

    fn take(&mut self, event: Event, mut give: impl FnMut(Row)) {
        let (watermark, open) = self.keys.entry(event.key).or_insert_with(|| (i64::MIN, Vec::new()));
        *watermark = (*watermark).max(event.time - WAIT);
        if event.time < *watermark {
            return;
        }
        let now = event.time.div_euclid(LENGTH);
        match open.iter_mut().find(|(window, _)| *window == now) {
            Some((_, count)) => *count += 1,
            None => open.push((now, 1)),
        }
        if open.iter().any(|(window, _)| (window + 1) * LENGTH <= *watermark) {
            open.retain(|(window, count)| {
                let is_open = (window + 1) * LENGTH > *watermark;
                if !is_open {
                    give((event.key, *window, *count));
                }
                is_open
            });
        }
    }

    fn end(&mut self, mut give: impl FnMut(Row)) {
        for (key, (_, open)) in self.keys.drain() {
            open.into_iter().for_each(|(window, count)| give((key, window, count)));
        }
    }

    fn sum(sum: u64, row: &Row) -> u64 {
        add(sum, row)
    }
}

/// W4.
#[derive(Clone)]
pub(crate) struct SlidingSums {
    overlap: i64,
    keys: Map<u64, Panes>,
}

impl SlidingSums {
    pub(crate) fn new(overlap: i64) -> Self {
        Self { overlap, keys: Map::default() }
    }
}

impl Operator<Event> for SlidingSums {
    type Row = Row;

    fn take(&mut self, event: Event, mut give: impl FnMut(Row)) {
        let now = event.time.div_euclid(SLIDE);
        let panes = self.keys.entry(event.key).or_insert_with(|| Panes::new(now));
        panes.advance(now, self.overlap, |window, sum| give((event.key, window, sum)));
        panes.add(event.value);
    }

    fn end(&mut self, mut give: impl FnMut(Row)) {
        for (key, mut panes) in self.keys.drain() {
            panes.end(self.overlap, |window, sum| give((key, window, sum)));
        }
    }

    fn sum(sum: u64, row: &Row) -> u64 {
        add(sum, row)
    }
}

/// W5: number, last time and count of each key's session.
#[derive(Clone)]
pub(crate) struct Sessions {
    gap: i64,
    keys: Map<u64, (i64, i64, u64)>,
}

impl Sessions {
    /// Sessions end when nothing comes for longer than `gap` nanoseconds.
    pub(crate) fn new(gap: i64) -> Self {
        Self { gap, keys: Map::default() }
    }
}

impl Operator<Event> for Sessions {
    type Row = Row;

    fn take(&mut self, event: Event, mut give: impl FnMut(Row)) {
        let (number, last, count) = self.keys.entry(event.key).or_insert((0, event.time, 0));
        if event.time - *last > self.gap {
            give((event.key, *number, *count));
            (*number, *count) = (*number + 1, 0);
        }
        *last = event.time;
        *count += 1;
    }

    fn end(&mut self, mut give: impl FnMut(Row)) {
        self.keys.drain().for_each(|(key, (number, _, count))| give((key, number, count)));
    }

    fn sum(sum: u64, row: &Row) -> u64 {
        add(sum, row)
    }
}
