//! From the tag of a key to its slot.

use std::hint::black_box;

use crate::key::Tag;
use crate::queue::Pair;

/// Where a key's slot is found: a table of open addresses, searched one place after the other.
///
/// A place holds the slot and the key's tag, which is the upper half of its hash: so keys are compared only where their
/// tags are equal, and the table grows without them. The tag, as a fraction, also says where the search begins: what
/// grows is copied in order, and any number of places will do. What finds no place up to the end goes behind it.
#[derive(Debug)]
pub(super) struct Index {
    places: Vec<Place>,
    /// At how many of the places searches begin.
    homes: usize,
    used: usize,
}

/// A slot, counted from one, and the tag of its key.
type Place = [u32; 2];

/// Where a key goes that was not found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap(usize);

/// So many places take little memory: 32 KiB.
const AMPLE: usize = 4_096;

/// A place that is free: memory that nobody has written to is. No other place is zero, for slots are counted from one.
const FREE: Place = [0, 0];

impl Index {
    pub(super) fn new() -> Self {
        Self { places: Vec::new(), homes: 0, used: 0 }
    }

    /// Finds a key's slot and its entry, which `is_it`.
    #[inline(always)]
    pub(super) fn find<'a, E>(
        &self,
        tag: Tag,
        entries: &'a mut [E],
        is_it: impl Fn(&E) -> bool,
    ) -> Option<(u32, &'a mut E)> {
        let is_it = |slot| entries.get(slot).is_some_and(&is_it);
        let slot = match tag {
            Tag::Half(half) => self.search_half(half, is_it).ok(),
            Tag::InPlace(tag) => self.search_in_place(tag, is_it),
        }?;
        Some((number(slot), &mut entries[slot]))
    }

    /// Puts the slot of each pair's key, of which `entries` knows the entry that `is_it`, into `slots`, until a key is not
    /// there. Says how many were then, and where that key goes. Nothing of the table changes in here, so that what a search
    /// needs is loaded once.
    #[inline(always)]
    pub(super) fn find_each<K, V, E>(
        &self,
        pairs: &[Pair<K, V>],
        slots: &mut [u32],
        entries: &[E],
        is_it: impl Fn(&E, &K) -> bool,
    ) -> Option<(usize, Gap)> {
        for (found, (Pair { tag, key, .. }, slot)) in pairs.iter().zip(slots).enumerate() {
            let is_it = |slot| entries.get(slot).is_some_and(|entry: &E| is_it(entry, key));
            match self.search_half(*tag, is_it) {
                Ok(there) => *slot = number(there),
                Err(gap) => return Some((found, gap)),
            }
        }
        None
    }

    /// Looks at where the searches for the keys of these pairs will begin.
    pub(super) fn bring_near<K, V>(&self, pairs: &[Pair<K, V>]) {
        let homes = pairs.iter().map(|pair| self.home(pair.tag));
        let places = homes.filter_map(|home| self.places.get(home));
        black_box(places.fold(0, |seen, [slot, _]| seen ^ slot));
    }

    /// The slot where the search for a tag begins, if that is of this tag, as mostly; else none that anybody has.
    #[inline(always)]
    pub(super) fn likely_slot(&self, half: u32) -> usize {
        let [slot, found] = *self.places.get(self.home(half)).unwrap_or(&FREE);
        if found == half { counted_from_one(slot) } else { usize::MAX }
    }

    /// The slot for which `is_it` says so, among those of a tag; or where that would go.
    #[inline(always)]
    fn search_half(&self, half: u32, is_it: impl Fn(usize) -> bool) -> Result<usize, Gap> {
        let mut at = self.home(half);
        while let Some(&[slot, found]) = self.places.get(at) {
            // A free place has none that anybody has.
            let number = counted_from_one(slot);
            if found == half && is_it(number) {
                return Ok(number);
            }
            if slot == 0 {
                break;
            }
            at += 1;
        }
        Err(Gap(at))
    }

    /// The same for a tag that is where it was in the hash. These are two, although they find the same: to tell the
    /// compiler once how a place is searched costs a word of a text six instructions.
    #[inline(always)]
    fn search_in_place(&self, tag: u64, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = usize::try_from((u128::from(tag) * self.homes as u128) >> 64).unwrap_or(0);
        while let Some(&[slot, found]) = self.places.get(at) {
            // Where the tags are equal, nothing is left of them, and the rest is the slot.
            let rest = (u64::from(found) << 32 | u64::from(slot)) ^ tag;
            if let Ok(number) = usize::try_from(rest.wrapping_sub(1))
                && is_it(number)
            {
                return Some(number);
            }
            if slot == 0 {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Puts in a key that is not there. There must be room.
    pub(super) fn insert(&mut self, tag: Tag, slot: u32) {
        debug_assert!(self.used < self.homes, "there is room for every key");
        self.used += 1;
        self.put([slot + 1, tag.half()]);
    }

    /// How many keys there is room for, so that searches stay short.
    pub(super) fn room(&self) -> usize {
        self.homes * 2 / 3
    }

    /// Makes ample room for so many keys.
    pub(super) fn grow(&mut self, keys: usize) {
        // Where a search goes on nobody can foresee, and a wrong guess costs more than all of the rest. Few keys take
        // little memory, so they get enough of it to be found at once.
        let places_of_a_key = (AMPLE / keys.max(1)).clamp(2, 16);
        self.resize(keys * places_of_a_key);
    }

    /// Gives back what is not needed for so many keys.
    pub(super) fn shrink(&mut self, keys: usize) {
        self.resize(keys.div_ceil(2) * 3);
    }

    fn resize(&mut self, homes: usize) {
        self.homes = homes.max(self.used.div_ceil(2) * 3).max(6);
        let earlier = std::mem::replace(&mut self.places, vec![FREE; self.homes]);
        earlier.into_iter().filter(|place| *place != FREE).for_each(|place| self.put(place));
    }

    /// Forgets the keys whose slots are not to be kept.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        // Each in turn is taken out and put back, into its own place or an earlier one that has become free.
        for at in 0..self.places.len() {
            let place = std::mem::replace(&mut self.places[at], FREE);
            if place == FREE {
                continue;
            }
            if keep(place[0] - 1) {
                self.put(place);
            } else {
                self.used -= 1;
            }
        }
    }

    /// Forgets all keys.
    pub(super) fn clear(&mut self) {
        self.places.fill(FREE);
        self.used = 0;
    }

    /// Where the search for a tag begins: as for one that is in its place, for the lower half of that is zero.
    #[inline(always)]
    fn home(&self, half: u32) -> usize {
        // There are fewer than 2³² homes, or some are left out.
        usize::try_from(u64::from(half).wrapping_mul(self.homes as u64) >> 32).unwrap_or(0)
    }

    /// Puts in a key that was just searched for and is not there. There must be room.
    pub(super) fn insert_at(&mut self, gap: Gap, half: u32, slot: u32) {
        debug_assert!(self.used < self.homes, "there is room for every key");
        self.used += 1;
        self.put_at(gap, [slot + 1, half]);
    }

    fn put(&mut self, place: Place) {
        let from = self.home(place[1]);
        let free = self.places[from..].iter().position(|place| *place == FREE);
        self.put_at(Gap(free.map_or(self.places.len(), |free| from + free)), place);
    }

    #[inline]
    fn put_at(&mut self, Gap(at): Gap, place: Place) {
        match self.places.get_mut(at) {
            Some(free) => *free = place,
            None => {
                // Those are few: to double the table for them would be too much.
                if self.places.len() == self.places.capacity() {
                    self.places.reserve_exact(self.homes / 16 + 4);
                }
                self.places.push(place);
            }
        }
    }
}

/// A slot as what it is kept as: no table has more.
#[inline(always)]
pub(super) fn number(slot: usize) -> u32 {
    u32::try_from(slot & 0xffff_ffff).unwrap_or_default()
}

/// The slot that is `slot` where they are counted from one. Zero gives none that anybody has.
#[inline(always)]
fn counted_from_one(slot: u32) -> usize {
    (slot as usize).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Insert(u64),
        /// Forgets the slots that leave this rest.
        Forget(u32),
        Grow(usize),
        Shrink(usize),
        Clear,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        // Few different hashes that lie close together at both ends, so that searches meet and go around; some with
        // the same tag.
        let hash = prop_oneof![
            (0..40_u64).prop_map(|hash| hash << 32),
            (0..40_u64).prop_map(|hash| u64::MAX - (hash << 30)),
            any::<u64>(),
        ];
        let step = prop_oneof![
            8 => hash.prop_map(Step::Insert),
            1 => (0..3_u32).prop_map(Step::Forget),
            1 => (0..64_usize).prop_map(Step::Grow),
            1 => (0..64_usize).prop_map(Step::Shrink),
            1 => Just(Step::Clear),
        ];
        proptest::collection::vec(step, 0..200)
    }

    proptest! {
        #[test]
        fn finds_what_was_put_in_and_nothing_else(steps in steps()) {
            let mut index = Index::new();
            // The hash stands for the key: two that differ in the lower half only are different keys of one tag.
            let mut entries: Vec<u64> = Vec::new();
            let mut model: BTreeMap<u64, u32> = BTreeMap::new();
            for step in steps {
                match step {
                    Step::Insert(hash) => {
                        if let std::collections::btree_map::Entry::Vacant(vacant) = model.entry(hash) {
                            if index.room() <= entries.len() {
                                index.grow(entries.len() + 1);
                            }
                            let slot = u32::try_from(entries.len()).unwrap();
                            let tag = Tag::in_place(hash);
                            let pair = [Pair { tag: tag.half(), key: hash, value: () }];
                            let gap = index.find_each(&pair, &mut [0], &entries, u64::eq);
                            entries.push(hash);
                            vacant.insert(slot);
                            // Both ways to put one in are the same.
                            match gap {
                                Some((_, gap)) if slot % 2 == 0 => index.insert_at(gap, tag.half(), slot),
                                _ => index.insert(tag, slot),
                            }
                        }
                    }
                    Step::Forget(rest) => {
                        index.retain(|slot| slot % 3 != rest);
                        model.retain(|_, slot| *slot % 3 != rest);
                    }
                    Step::Grow(keys) => index.grow(keys),
                    Step::Shrink(keys) => index.shrink(keys),
                    Step::Clear => {
                        index.clear();
                        model.clear();
                    }
                }
                for hash in &entries {
                    let tag = Tag::in_place(*hash).half();
                    let mut slot = [u32::MAX];
                    let pair = [Pair { tag, key: *hash, value: () }];
                    let found = index.find_each(&pair, &mut slot, &entries, u64::eq);
                    prop_assert_eq!(found.is_none(), model.contains_key(hash));
                    prop_assert_eq!(slot[0], model.get(hash).copied().unwrap_or(u32::MAX));
                }
            }
        }
    }
}
