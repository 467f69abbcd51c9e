//! From a key to its slot, and the states by slot.

use std::hint::black_box;

use super::index::{self, Gap, Index};
use super::marks::Marks;
use crate::key::{Key, Tagger};
use crate::queue::Pair;
use crate::time::Timestamp;

/// The keys of a step and their states.
///
/// A key whose state is dropped keeps its slot until the table would have to grow: then the slots of
/// all such keys are freed, if at least every other one is such a key. So a key that comes and goes costs
/// no insertion, and what is kept is never more than about four times what was in use at once.
pub(super) struct Table<K, S, M> {
    tagger: Tagger,
    index: Index,
    entries: Vec<Entry<K, S, M>>,
    free: Vec<u32>,
    /// Goes on by two with each item, so that states which begin later have greater ages.
    pub(super) moment: u64,
}

/// What is kept for a key, side by side so that one look-up brings it all into the cache.
pub(super) struct Entry<K, S, M> {
    key: K,
    /// None where the key has none at present.
    pub(super) state: Option<S>,
    pub(super) marks: M,
}

impl<K, S, M> Entry<K, S, M> {
    pub(super) fn key(&self) -> &K {
        &self.key
    }
}

impl<K: Key, S, M: Marks> Table<K, S, M> {
    /// What a key takes: its entry, and its place and a free one.
    pub(super) const BYTES_OF_A_KEY: usize = size_of::<Entry<K, S, M>>() + 2 * size_of::<u64>();

    pub(super) fn new() -> Self {
        Self { tagger: Tagger::new(), index: Index::new(), entries: Vec::new(), free: Vec::new(), moment: 0 }
    }

    /// Goes on by a moment.
    #[inline]
    pub(super) fn next_moment(&mut self) -> u64 {
        self.moment += 2;
        self.moment
    }

    /// Whether there is room for `new` more keys.
    #[inline]
    pub(super) fn has_room(&self, new: usize) -> bool {
        self.free.len() + (self.entries.capacity() - self.entries.len()) >= new
    }

    /// Makes room for `new` more keys, freeing the slots of keys without a state where that is enough, and of those
    /// whose state may go: `let_go` takes it, with its key and age.
    /// No slot that was handed out before is valid after it, except those of keys that have a state.
    #[cold]
    pub(super) fn make_room(
        &mut self,
        new: usize,
        may_go: impl Fn(&S) -> bool,
        mut let_go: impl FnMut(&K, u64, S),
    ) {
        let is_free = |entry: &&Entry<K, S, M>| entry.state.as_ref().is_none_or(&may_go);
        if self.entries.iter().filter(is_free).count() < new.max(self.entries.len() / 2) {
            return self.grow(new);
        }
        for Entry { key, state, marks } in &mut self.entries {
            if let Some(state) = state.take_if(|state| may_go(state)) {
                let_go(key, marks.age(), state);
            }
        }
        let Self { index, entries, free, .. } = self;
        free.clear();
        free.extend((0..).zip(&*entries).filter(|(_, entry)| entry.state.is_none()).map(|(slot, _)| slot));
        index.retain(|slot| entries[slot as usize].state.is_some());
    }

    /// Makes room for `new` more slots than there are.
    fn grow(&mut self, new: usize) {
        let Self { index, entries, .. } = self;
        entries.reserve(new);
        if index.room() < entries.capacity() {
            index.grow(entries.capacity());
        }
    }

    /// A key's slot and entry. Many flows have but one key, for all items, which need not be searched to be found.
    #[inline(always)]
    pub(super) fn find(&mut self, key: &K) -> Option<(u32, &mut Entry<K, S, M>)> {
        let Self { tagger, index, entries, free, .. } = self;
        if entries.len() == 1 && entries[0].key == *key && free.is_empty() {
            return Some((0, &mut entries[0]));
        }
        index.find(tagger.tag(key), entries, |entry| entry.key == *key)
    }

    /// Gives a slot to a key that has none, while what has come out may still know the slots that are free.
    #[cold]
    pub(super) fn insert_at_once(&mut self, key: K) -> u32 {
        if self.free.is_empty() && self.entries.len() == self.entries.capacity() {
            self.grow(1);
        }
        let tag = self.tagger.tag(&key);
        let slot = self.take_slot(key);
        self.index.insert(tag, slot);
        slot
    }

    /// Puts the slot of each pair's key into `slots`, of which there are as many. A key is cloned only where it is new.
    pub(super) fn find_or_insert<V>(&mut self, mut pairs: &[Pair<K, V>], mut slots: &mut [u32]) {
        // Many flows have but one key, for all items, which need not be searched to be found.
        if let [only] = self.entries.as_slice()
            && self.free.is_empty()
        {
            let others = pairs.iter().position(|pair| pair.key != only.key).unwrap_or(pairs.len());
            let (same, rest) = slots.split_at_mut(others);
            same.fill(0);
            (pairs, slots) = (&pairs[others..], rest);
        }
        loop {
            let Some((found, gap)) = self.find_present(pairs, slots) else { return };
            let Pair { tag, key, .. } = &pairs[found];
            let slot = self.take_slot(key.clone());
            self.index.insert_at(gap, *tag, slot);
            slots[found] = slot;
            (pairs, slots) = (&pairs[found + 1..], &mut slots[found + 1..]);
        }
    }

    /// Looks at what the search for most of these keys will look at, so that it lies in the cache then. In a search each
    /// wrong guess waits for the memory that tells it wrong; here nothing does, and the waits overlap.
    #[inline(never)]
    pub(super) fn bring_near<V>(&self, pairs: &[Pair<K, V>]) {
        let Self { index, entries, .. } = self;
        index.bring_near(pairs);
        let slots = pairs.iter().map(|pair| index.likely_slot(pair.tag));
        let entries = slots.filter_map(|slot| entries.get(slot));
        black_box(entries.fold(0, |seen, entry| seen ^ entry.marks.age() ^ u64::from(entry.state.is_some())));
    }

    /// Finds slots until a key has none: how many had one, and where that key goes. Apart, for the loop needs all registers.
    #[inline(never)]
    fn find_present<V>(&self, pairs: &[Pair<K, V>], slots: &mut [u32]) -> Option<(usize, Gap)> {
        let Self { index, entries, .. } = self;
        index.find_each(pairs, slots, entries, |entry, key| entry.key == *key)
    }

    /// Gives `key` a slot that nobody has.
    fn take_slot(&mut self, key: K) -> u32 {
        let Self { entries, free, .. } = self;
        match free.pop() {
            Some(slot) => {
                // The due times may still know the slot; what they know of it stays.
                entries[slot as usize].key = key;
                slot
            }
            None => {
                let slot = u32::try_from(entries.len()).expect("a step holds at most 4 294 967 295 keys");
                entries.push(Entry { key, state: None, marks: M::NEW });
                slot
            }
        }
    }

    #[inline(always)]
    pub(super) fn entry(&mut self, slot: u32) -> &mut Entry<K, S, M> {
        &mut self.entries[slot as usize]
    }

    #[inline(always)]
    pub(super) fn key(&self, slot: u32) -> &K {
        &self.entries[slot as usize].key
    }

    /// Puts the slots of all keys that have such a state into `slots`, that of the oldest state first. There may be slots
    /// of others among them.
    pub(super) fn slots_by_age(&self, slots: &mut Vec<u32>, is_such: impl Fn(&S) -> bool) {
        slots.clear();
        if !M::TELL_AGES {
            slots.extend((0..self.entries.len()).map(index::number));
            return;
        }
        let is_such = |entry: &Entry<K, S, M>| entry.state.as_ref().is_some_and(&is_such);
        let present = (0..).zip(&self.entries).filter(|(_, entry)| is_such(entry));
        // Of millions of keys each age would be looked up in another place.
        let mut ages: Vec<(u64, u32)> = present.map(|(slot, entry)| (entry.marks.age(), slot)).collect();
        ages.sort_unstable();
        slots.extend(ages.into_iter().map(|(_, slot)| slot));
    }

    /// Sorts `slots`, that of the oldest state first.
    pub(super) fn sort_by_age(&self, slots: &mut [u32]) {
        slots.sort_unstable_by_key(|slot| self.entries[*slot as usize].marks.age());
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many keys have such a state.
    pub(super) fn count(&self, is_such: impl Fn(&S) -> bool) -> usize {
        self.entries.iter().filter(|entry| entry.state.as_ref().is_some_and(&is_such)).count()
    }

    /// Drops the states that rest.
    pub(super) fn drop_resting(&mut self, is_resting: impl Fn(&S) -> bool) {
        for entry in &mut self.entries {
            entry.state.take_if(|state| is_resting(state));
        }
    }

    /// Forgets the keys without a state and those whose state may go, which `let_go` takes with its key and age. Moves
    /// the others to other slots.
    pub(super) fn compact(&mut self, may_go: impl Fn(&S) -> bool, mut let_go: impl FnMut(K, u64, S)) {
        let Self { tagger, index, entries, free, .. } = self;
        free.clear();
        for Entry { key, state, marks } in
            entries.extract_if(.., |entry| entry.state.as_ref().is_none_or(&may_go))
        {
            if let Some(state) = state {
                let_go(key, marks.age(), state);
            }
        }
        index.clear();
        for (slot, entry) in (0..).zip(&*entries) {
            index.insert(tagger.tag(&entry.key), slot);
        }
    }

    /// Gives back room that is not used.
    pub(super) fn shrink(&mut self) {
        let Self { index, entries, free, .. } = self;
        let most = entries.len() + entries.len() / 64;
        if entries.capacity() > most {
            entries.shrink_to(most);
            index.shrink(entries.capacity());
        }
        free.shrink_to(free.len());
    }

    /// The slots that are to be looked at, and when.
    pub(super) fn looked_at(&self) -> impl Iterator<Item = (Timestamp, u32)> {
        let times = (0..).zip(&self.entries).map(|(slot, entry)| (entry.marks.looked_at(), slot));
        times.filter(|(due, _)| *due < Timestamp::MAX)
    }
}
