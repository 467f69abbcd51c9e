//! What waits in front of a keyed step.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use crate::stream::Key;

/// Pairs of key and value, in order of arrival.
#[derive(Debug)]
pub struct Inbox<K, V> {
    pub(super) items: Vec<(K, V)>,
}

impl<K, V> Inbox<K, V> {
    pub(crate) fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// Adds an item at the end.
    #[inline(always)]
    pub fn push(&mut self, item: (K, V)) {
        self.items.push(item);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<K: Key, V> Inbox<K, V> {
    /// Moves each item into the inbox of the partition that has its key: by a fixed hash, the same
    /// on every machine, modulo the number of partitions.
    pub(super) fn distribute<'a>(&mut self, partitions: impl Iterator<Item = &'a mut Self>)
    where
        K: 'a,
        V: 'a,
    {
        let mut partitions: Vec<_> = partitions.collect();
        let hasher = FixedState::with_seed(0);
        for (key, value) in self.items.drain(..) {
            let hash = hasher.hash_one(&key);
            let partition = usize::try_from(hash % partitions.len() as u64).unwrap_or(0);
            partitions[partition].push((key, value));
        }
    }
}

impl<K, V> Default for Inbox<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
