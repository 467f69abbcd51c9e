//! Items of a key whose time has not come.

use super::rare::Rare;
use crate::time::Timestamp;

/// Items that wait until the watermark reaches them, to be taken in order of time, and of one time in that of arrival.
#[derive(Debug)]
pub(super) struct Waiting<V> {
    /// The latest at the front, so that the next is at the end.
    items: Rare<(Timestamp, V)>,
}

impl<V> Waiting<V> {
    pub(super) fn new() -> Self {
        Self { items: Rare::new() }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// `time`, or that of the first item where it is earlier.
    #[inline]
    pub(super) fn first_or(&self, time: Timestamp) -> Timestamp {
        match self.items.as_slice() {
            [] => time,
            [.., (first, _)] => time.min(*first),
        }
    }

    /// Lets an item wait, behind those of the same time. A call of its own leaves more registers to who does not wait.
    #[inline(never)]
    pub(super) fn insert(&mut self, timestamp: Timestamp, value: V) {
        let items = self.items.make();
        let place = items.partition_point(|(waiting, _)| *waiting > timestamp);
        items.insert(place, (timestamp, value));
    }

    /// Takes the first that the watermark has reached.
    #[inline]
    pub(super) fn next(&mut self, watermark: Timestamp) -> Option<(Timestamp, V)> {
        self.items.pop_if(|(timestamp, _)| *timestamp <= watermark)
    }
}
