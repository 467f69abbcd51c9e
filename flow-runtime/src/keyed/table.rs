//! From a key to its slot, and the states by slot.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::stream::Key;
use crate::time::Timestamp;

/// The keys of a step and their states.
///
/// A key whose state is dropped keeps its slot until the table would have to grow: then the slots of
/// all such keys are freed first. So a key that comes and goes costs no insertion, and what is kept is
/// never more than about twice what was in use at once.
pub(super) struct Table<K, S> {
    hasher: RandomState,
    slots: HashTable<u32>,
    entries: Vec<Entry<K, S>>,
    free: Vec<u32>,
    created: u64,
}

/// What is kept for a key, side by side so that one look-up brings it all into the cache.
pub(super) struct Entry<K, S> {
    key: K,
    /// None where the key has none at present.
    pub(super) state: Option<S>,
    /// Tells which of two present states is older.
    pub(super) created: u64,
    /// When the step's due times will next look at this slot, at the latest.
    pub(super) looked_at: Timestamp,
    /// Whether the slot waits to be given its place among the due times.
    pub(super) noted: bool,
}

impl<K: Key, S> Table<K, S> {
    pub(super) fn new() -> Self {
        Self {
            hasher: RandomState::default(),
            slots: HashTable::new(),
            entries: Vec::new(),
            free: Vec::new(),
            created: 0,
        }
    }

    /// Makes room for `new` more keys, freeing the slots of keys without a state where that is enough.
    /// No slot that was handed out before is valid after it, except those of keys that have a state.
    #[inline]
    pub(super) fn make_room(&mut self, new: usize) {
        let room = self.free.len() + (self.entries.capacity() - self.entries.len());
        if room < new {
            self.sweep_or_grow(new);
        }
    }

    #[cold]
    fn sweep_or_grow(&mut self, new: usize) {
        let Self { hasher, slots, entries, free, .. } = self;
        free.clear();
        slots.retain(|slot| entries[*slot as usize].state.is_some());
        free.extend((0..).zip(&*entries).filter(|(_, entry)| entry.state.is_none()).map(|(slot, _)| slot));
        if free.len() < new.max(entries.len() / 2) {
            entries.reserve(new);
            slots.reserve(new, |slot| hasher.hash_one(&entries[*slot as usize].key));
        }
    }

    #[inline(always)]
    pub(super) fn find_or_insert(&mut self, key: K) -> u32 {
        let Self { hasher, slots, entries, free, .. } = self;
        let hash = hasher.hash_one(&key);
        let same = |slot: &u32| entries[*slot as usize].key == key;
        if let Some(slot) = slots.find(hash, same) {
            return *slot;
        }
        let slot = place(entries, free, key);
        slots.insert_unique(hash, slot, |slot| hasher.hash_one(&entries[*slot as usize].key));
        slot
    }

    /// The entry at `slot`, and the counter of states created.
    #[inline(always)]
    pub(super) fn entry(&mut self, slot: u32) -> (&mut Entry<K, S>, &mut u64) {
        (&mut self.entries[slot as usize], &mut self.created)
    }

    #[inline(always)]
    pub(super) fn key(&self, slot: u32) -> &K {
        &self.entries[slot as usize].key
    }

    /// Puts the slots of all keys that have a state into `slots`, that of the oldest state first.
    pub(super) fn slots_by_age(&self, slots: &mut Vec<u32>) {
        slots.clear();
        slots.extend(
            (0..).zip(&self.entries).filter(|(_, entry)| entry.state.is_some()).map(|(slot, _)| slot),
        );
        self.sort_by_age(slots);
    }

    /// Sorts `slots`, that of the oldest state first.
    pub(super) fn sort_by_age(&self, slots: &mut [u32]) {
        slots.sort_unstable_by_key(|slot| self.entries[*slot as usize].created);
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Gives `key` a slot that nobody has.
#[cold]
fn place<K, S>(entries: &mut Vec<Entry<K, S>>, free: &mut Vec<u32>, key: K) -> u32 {
    if let Some(slot) = free.pop() {
        // The due times may still know the slot; what they know of it stays.
        entries[slot as usize].key = key;
        return slot;
    }
    let slot = u32::try_from(entries.len()).expect("a step holds at most 4 294 967 295 keys");
    entries.push(Entry { key, state: None, created: 0, looked_at: Timestamp::MAX, noted: false });
    slot
}
