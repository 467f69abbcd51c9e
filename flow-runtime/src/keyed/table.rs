//! From a key to its slot, and the states by slot.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::key::Key;
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
    pub(super) fn make_room(&mut self, new: usize, is_resting: impl Fn(&S) -> bool) {
        let room = self.free.len() + (self.entries.capacity() - self.entries.len());
        if room < new {
            self.sweep_or_grow(new, is_resting);
        }
    }

    #[cold]
    fn sweep_or_grow(&mut self, new: usize, is_resting: impl Fn(&S) -> bool) {
        let Self { hasher, slots, entries, free, .. } = self;
        for entry in entries.iter_mut() {
            entry.state.take_if(|state| is_resting(state));
        }
        free.clear();
        slots.retain(|slot| entries[*slot as usize].state.is_some());
        free.extend((0..).zip(&*entries).filter(|(_, entry)| entry.state.is_none()).map(|(slot, _)| slot));
        if free.len() < new.max(entries.len() / 2) {
            entries.reserve(new);
            slots.reserve(new, |slot| hasher.hash_one(&entries[*slot as usize].key));
        }
    }

    /// The slot of `key`, which is cloned only where it is new.
    #[inline(always)]
    pub(super) fn find_or_insert(&mut self, key: &K) -> u32 {
        let hash = self.hasher.hash_one(key);
        let same = |slot: &u32| self.entries[*slot as usize].key == *key;
        match self.slots.find(hash, same) {
            Some(slot) => *slot,
            None => self.insert(hash, key.clone()),
        }
    }

    /// Gives `key` a slot that nobody has.
    #[cold]
    fn insert(&mut self, hash: u64, key: K) -> u32 {
        let Self { hasher, slots, entries, free, .. } = self;
        let slot = match free.pop() {
            Some(slot) => {
                // The due times may still know the slot; what they know of it stays.
                entries[slot as usize].key = key;
                slot
            }
            None => {
                let slot = u32::try_from(entries.len()).expect("a step holds at most 4 294 967 295 keys");
                entries.push(Entry { key, state: None, created: 0, looked_at: Timestamp::MAX, noted: false });
                slot
            }
        };
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
    pub(super) fn slots_by_age(&self, slots: &mut Vec<u32>, is_present: impl Fn(&S) -> bool) {
        slots.clear();
        let present = |entry: &Entry<K, S>| entry.state.as_ref().is_some_and(&is_present);
        slots.extend((0..).zip(&self.entries).filter(|(_, entry)| present(entry)).map(|(slot, _)| slot));
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
