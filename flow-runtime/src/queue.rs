//! Where items wait between two stages.

use std::collections::VecDeque;
use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use crate::key::{Key, Tagger};

/// How many items a queue keeps room for. What is beyond it is given back when the queue is empty.
const MOST_ROOM: usize = 65_536;

/// First in, first out: for flows that go item by item.
#[derive(Debug)]
pub struct Fifo<T> {
    items: VecDeque<T>,
}

impl<T> Fifo<T> {
    pub(crate) fn new() -> Self {
        Self { items: VecDeque::new() }
    }

    /// Adds an item at the end.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items.push_back(item);
    }

    /// Takes the item that has waited longest.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        let item = self.items.pop_front();
        if item.is_none() && self.items.capacity() > MOST_ROOM {
            self.items = VecDeque::new();
        }
        item
    }

    /// Moves all of `batch` to the end.
    pub fn append(&mut self, batch: &mut Vec<T>) {
        self.items.extend(batch.drain(..));
        if batch.capacity() > MOST_ROOM {
            *batch = Vec::new();
        }
    }
}

/// Pairs of key and value, in order of arrival.
///
/// Keys are hashed as they come in. A table could do that as well, but what stands in front of the inbox often waits
/// for what the processor has foreseen wrong, and in that time a hash costs nothing.
#[derive(Debug)]
pub(crate) struct Inbox<K, V> {
    pub(crate) pairs: Vec<Pair<K, V>>,
    tagger: Tagger,
}

/// A pair that waits.
#[derive(Debug)]
pub(crate) struct Pair<K, V> {
    /// The tag of the key.
    pub(crate) tag: u32,
    pub(crate) key: K,
    pub(crate) value: V,
}

impl<K, V> Inbox<K, V> {
    pub(crate) fn new() -> Self {
        Self { pairs: Vec::new(), tagger: Tagger::new() }
    }

    /// Adds an item at the end.
    #[inline(always)]
    pub(crate) fn push(&mut self, (key, value): (K, V))
    where
        K: Key,
    {
        let tag = self.tagger.tag(&key).half();
        self.pairs.push(Pair { tag, key, value });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl<K: Key, V> Inbox<K, V> {
    /// Moves each item into the inbox of the partition that has its key: by a hash that is the same in all
    /// workers of this program, modulo the number of partitions.
    pub(crate) fn distribute<'a>(&mut self, partitions: impl Iterator<Item = &'a mut Self>)
    where
        K: 'a,
        V: 'a,
    {
        let mut partitions: Vec<_> = partitions.collect();
        let hasher = FixedState::with_seed(0);
        for pair in self.pairs.drain(..) {
            let hash = hasher.hash_one(&pair.key);
            let partition = usize::try_from(hash % partitions.len() as u64).unwrap_or(0);
            partitions[partition].pairs.push(pair);
        }
    }
}

impl<K, V> Default for Inbox<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
