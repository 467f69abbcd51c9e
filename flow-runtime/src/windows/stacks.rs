//! What the slices of a key hold, and what they hold together: the queue of a sliding window as two stacks, or with a
//! running total.

use std::collections::VecDeque;

use super::Slice;
use crate::time::Timestamp;

/// What the slices of a key hold. The newest one is at hand, and most keys have no other.
#[derive(Debug)]
pub(super) struct Stacks<A> {
    /// None where there is no slice, or where it is among the others, because a window has closed over it.
    newest: Option<(Slice, A)>,
    /// What was needed as soon as there were others.
    earlier: Option<Box<Earlier<A>>>,
}

/// The slices in front of the newest one, and of those that a window has closed over, what they come to.
///
/// Slices join at one end and leave at the other. The `front` knows of each slice in it what it and those behind it in
/// the front come to; the `back` is what came behind the front. So what a window holds is put together of two parts,
/// and when the front is used up it is made anew of all slices: once for each of them.
///
/// Where a part can be taken out of a total again there is no front: what leaves is taken out of what the first slices
/// of the back come to.
#[derive(Debug)]
struct Earlier<A> {
    /// The oldest at the end.
    front: Vec<Stacked<A>>,
    /// The oldest in front, each with where it begins.
    back: VecDeque<(Timestamp, A)>,
    /// What the first slices of the back come to.
    total: Option<A>,
    /// How many these are.
    counted: usize,
}

/// A slice in the front.
#[derive(Debug)]
struct Stacked<A> {
    begin: Timestamp,
    held: A,
    /// What it and those behind it in the front come to.
    all: A,
}

impl<A> Default for Stacks<A> {
    fn default() -> Self {
        Self { newest: None, earlier: None }
    }
}

impl<A> Stacks<A> {
    /// Whether there is no slice.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.oldest().is_none()
    }

    /// The newest slice, where it is at hand.
    #[inline(always)]
    pub(super) fn newest(&self) -> Option<Slice> {
        self.newest.as_ref().map(|(slice, _)| *slice)
    }

    /// What the newest slice holds, where `timestamp` belongs to it.
    #[inline(always)]
    pub(super) fn newest_at(&mut self, timestamp: Timestamp) -> Option<&mut A> {
        self.newest.as_mut().filter(|(slice, _)| slice.contains(timestamp)).map(|(_, held)| held)
    }

    /// Where the oldest slice begins.
    #[inline]
    pub(super) fn oldest(&self) -> Option<Timestamp> {
        let earlier = self.earlier.as_ref().and_then(|earlier| earlier.oldest());
        earlier.or_else(|| Some(self.newest()?.begin))
    }

    /// What the slice that begins at `begin` holds, which is then about to change. None where there is no such slice.
    pub(super) fn find(&mut self, begin: Timestamp) -> Option<&mut A> {
        match &mut self.newest {
            Some((slice, held)) if slice.begin == begin => Some(held),
            _ => self.earlier.as_mut()?.find(begin),
        }
    }

    /// Puts in what a slice holds that was not found. Says whether it is the first of all.
    pub(super) fn insert(&mut self, slice: Slice, held: A) -> bool {
        let is_first = self.oldest().is_none_or(|oldest| slice.begin < oldest);
        let newest = self.newest().map(|newest| newest.begin);
        let latest = newest.or_else(|| self.earlier.as_ref()?.latest());
        if latest.is_none_or(|latest| latest < slice.begin) {
            self.push(slice, held);
        } else {
            self.earlier.get_or_insert_default().insert(slice.begin, held);
        }
        is_first
    }

    /// Puts in what a slice holds that is behind all others.
    #[inline]
    pub(super) fn push(&mut self, slice: Slice, held: A) {
        if let Some((earlier, held)) = self.newest.replace((slice, held)) {
            self.earlier.get_or_insert_default().back.push_back((earlier.begin, held));
        }
    }

    /// Forgets the slices that begin before `begin`.
    #[inline]
    pub(super) fn evict(&mut self, begin: Timestamp, parts: &mut impl Merging<A>) {
        if let Some(earlier) = &mut self.earlier {
            earlier.evict(begin, parts);
        }
        self.newest.take_if(|(slice, _)| slice.begin < begin);
    }

    /// What the slices that begin before `end` come to, none where there are none.
    #[inline]
    pub(super) fn total(&mut self, end: Timestamp, parts: &mut impl Merging<A>) -> Option<A> {
        let Some(earlier) = &mut self.earlier else {
            let only = self.newest.as_ref().filter(|(slice, _)| slice.begin < end);
            return only.map(|(_, held)| parts.copy(held));
        };
        // Among the others it counts once, for this window and those behind it.
        if let Some((newest, held)) = self.newest.take_if(|(slice, _)| slice.begin < end) {
            earlier.back.push_back((newest.begin, held));
        }
        earlier.total(end, parts)
    }
}

impl<A> Default for Earlier<A> {
    fn default() -> Self {
        Self { front: Vec::new(), back: VecDeque::new(), total: None, counted: 0 }
    }
}

impl<A> Earlier<A> {
    #[inline]
    fn oldest(&self) -> Option<Timestamp> {
        let front = self.front.last().map(|slice| slice.begin);
        front.or_else(|| self.back.front().map(|(begin, _)| *begin))
    }

    fn latest(&self) -> Option<Timestamp> {
        let back = self.back.back().map(|(begin, _)| *begin);
        back.or_else(|| self.front.first().map(|slice| slice.begin))
    }

    fn find(&mut self, begin: Timestamp) -> Option<&mut A> {
        let place = self.place_of(begin);
        self.back.get_mut(place).filter(|(found, _)| *found == begin).map(|(_, held)| held)
    }

    fn insert(&mut self, begin: Timestamp, held: A) {
        let place = self.place_of(begin);
        self.back.insert(place, (begin, held));
    }

    /// Where in the back the slice that begins at `begin` is, or belongs. What it would be part of is forgotten.
    fn place_of(&mut self, begin: Timestamp) -> usize {
        if self.front.first().is_some_and(|latest| begin <= latest.begin) {
            for Stacked { begin, held, .. } in self.front.drain(..) {
                self.back.push_front((begin, held));
            }
            self.forget_total();
        }
        let place = self.back.partition_point(|(earlier, _)| *earlier < begin);
        if place < self.counted {
            self.forget_total();
        }
        place
    }

    fn forget_total(&mut self) {
        self.total = None;
        self.counted = 0;
    }

    #[inline]
    fn evict<M: Merging<A>>(&mut self, begin: Timestamp, parts: &mut M) {
        while self.front.pop_if(|oldest| oldest.begin < begin).is_some() {}
        while self.front.is_empty()
            && self.back.front().is_some_and(|(oldest, _)| *oldest < begin)
            && let Some((_, held)) = self.back.pop_front()
        {
            match &mut self.total {
                Some(total) if M::INVERTIBLE && self.counted > 1 => {
                    parts.subtract(total, held);
                    self.counted -= 1;
                }
                _ => self.forget_total(),
            }
        }
    }

    #[inline]
    fn total<M: Merging<A>>(&mut self, end: Timestamp, parts: &mut M) -> Option<A> {
        // A single slice needs no stack.
        if !M::INVERTIBLE && self.front.is_empty() && self.back.get(1).is_some_and(|(begin, _)| *begin < end)
        {
            self.stack(end, parts);
        }
        while let Some((begin, held)) = self.back.get(self.counted)
            && *begin < end
        {
            let held = parts.copy(held);
            match &mut self.total {
                Some(total) => parts.merge(total, held),
                none => *none = Some(held),
            }
            self.counted += 1;
        }
        let front = self.front.last().map(|oldest| parts.copy(&oldest.all));
        both(front, self.total.as_ref(), parts)
    }

    /// Makes the front of all slices that begin before `end`.
    #[inline(never)]
    fn stack(&mut self, end: Timestamp, parts: &mut impl Merging<A>) {
        let count = self.back.partition_point(|(begin, _)| *begin < end);
        for (begin, held) in self.back.drain(..count).rev() {
            let later = self.front.last().map(|later| &later.all);
            let own = parts.copy(&held);
            if let Some(all) = both(Some(own), later, parts) {
                self.front.push(Stacked { begin, held, all });
            }
        }
        self.forget_total();
    }
}

/// What two parts come to, of which either may be none.
#[inline(always)]
fn both<A>(earlier: Option<A>, later: Option<&A>, parts: &mut impl Merging<A>) -> Option<A> {
    let later = later.map(|later| parts.copy(later));
    match (earlier, later) {
        (Some(mut total), Some(later)) => {
            parts.merge(&mut total, later);
            Some(total)
        }
        (earlier, later) => earlier.or(later),
    }
}

/// How parts are put together.
pub(super) trait Merging<A> {
    /// Whether a part can be taken out of a total again.
    const INVERTIBLE: bool;

    /// A copy of what a part holds.
    fn copy(&mut self, held: &A) -> A;

    /// Puts what a later part holds into what an earlier one does.
    fn merge(&mut self, earlier: &mut A, later: A);

    /// Takes out of a total what a part holds, where that can be.
    fn subtract(&mut self, total: &mut A, part: A);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(begin: i64) -> Timestamp {
        Timestamp::from_nanoseconds(begin)
    }

    fn slice(begin: i64) -> Slice {
        Slice { begin: at(begin), end: at(begin + 1) }
    }

    /// Lists show in which order parts were put together.
    fn total(stacks: &mut Stacks<Vec<i64>>, end: i64) -> Option<Vec<i64>> {
        stacks.total(at(end), &mut Lists)
    }

    struct Lists;

    impl Merging<Vec<i64>> for Lists {
        const INVERTIBLE: bool = false;

        fn copy(&mut self, held: &Vec<i64>) -> Vec<i64> {
            held.clone()
        }

        fn merge(&mut self, earlier: &mut Vec<i64>, later: Vec<i64>) {
            earlier.extend(later);
        }

        fn subtract(&mut self, _: &mut Vec<i64>, _: Vec<i64>) {
            unreachable!("lists are not taken apart");
        }
    }

    /// Adds up, and counts how often. Subtracts too, or does not.
    struct Sums<const SUBTRACTS: bool>(usize);

    impl<const SUBTRACTS: bool> Merging<i64> for Sums<SUBTRACTS> {
        const INVERTIBLE: bool = SUBTRACTS;

        fn copy(&mut self, held: &i64) -> i64 {
            *held
        }

        fn merge(&mut self, earlier: &mut i64, later: i64) {
            *earlier += later;
            self.0 += 1;
        }

        fn subtract(&mut self, total: &mut i64, part: i64) {
            assert!(SUBTRACTS, "these only add up");
            *total -= part;
            self.0 += 1;
        }
    }

    fn put(stacks: &mut Stacks<Vec<i64>>, begin: i64) {
        match stacks.find(at(begin)) {
            Some(held) => held.push(begin),
            None => {
                let was_empty = stacks.is_empty();
                assert_eq!(
                    stacks.insert(slice(begin), vec![begin]),
                    was_empty || stacks.oldest() == Some(at(begin))
                );
            }
        }
    }

    #[test]
    fn parts_stay_in_the_order_of_time() {
        let mut stacks = Stacks::default();
        for newest in 0..50 {
            put(&mut stacks, newest);
            stacks.evict(at(newest - 6), &mut Lists);
            let expected: Vec<_> = ((newest - 6).max(0)..=newest).collect();
            assert_eq!(total(&mut stacks, newest + 1), Some(expected));
        }
    }

    #[test]
    fn what_comes_behind_is_in_the_next_total() {
        let mut stacks = Stacks::default();
        for begin in [4, 1, 3] {
            put(&mut stacks, begin);
        }
        assert_eq!(total(&mut stacks, 4), Some(vec![1, 3]));
        assert_eq!(total(&mut stacks, 5), Some(vec![1, 3, 4]));
        for begin in [2, 3, 4, 9] {
            put(&mut stacks, begin);
        }
        assert_eq!(total(&mut stacks, 5), Some(vec![1, 2, 3, 3, 4, 4]));
        stacks.evict(at(3), &mut Lists);
        assert_eq!(total(&mut stacks, 5), Some(vec![3, 3, 4, 4]));
        stacks.evict(at(9), &mut Lists);
        assert_eq!(total(&mut stacks, 9), None);
        assert_eq!(total(&mut stacks, 10), Some(vec![9]));
        stacks.evict(at(10), &mut Lists);
        assert!(stacks.is_empty());
    }

    /// How many merges and subtractions windows of so many slices need.
    fn merges<const SUBTRACTS: bool>(windows: i64, overlap: i64) -> usize {
        let mut stacks = Stacks::default();
        let mut sums = Sums::<SUBTRACTS>(0);
        for newest in 0..windows {
            assert!(stacks.find(at(newest)).is_none());
            stacks.insert(slice(newest), 1_i64);
            stacks.evict(at(newest - overlap + 1), &mut sums);
            let total = stacks.total(at(newest + 1), &mut sums);
            assert_eq!(total, Some((newest + 1).min(overlap)));
        }
        sums.0
    }

    /// A window costs no more than a few merges, however many slices it has.
    #[test]
    fn merges_do_not_grow_with_the_overlap() {
        for overlap in [2, 10, 600] {
            let merges = merges::<false>(6_000, overlap);
            assert!(merges <= 3 * 6_000, "{merges} merges of {overlap} slices a window");
        }
    }

    /// What comes is added once, and what goes is taken out once.
    #[test]
    fn what_can_be_subtracted_is_merged_once() {
        for overlap in [2, 10, 600] {
            let merges = merges::<true>(6_000, overlap);
            assert!(merges <= 2 * 6_000, "{merges} merges of {overlap} slices a window");
        }
    }

    proptest::proptest! {
        /// As sums of a map, of slices that come, change and go in any order.
        #[test]
        fn totals_are_those_of_a_map(
            steps in proptest::collection::vec((0..4_u8, -3..6_i64, 1..9_i64), 0..80)
        ) {
            totals_are_right::<true>(&steps)?;
            totals_are_right::<false>(&steps)?;
        }
    }

    /// Each step is about a slice or an end so far behind the latest instant that anything was about.
    fn totals_are_right<const SUBTRACTS: bool>(
        steps: &[(u8, i64, i64)],
    ) -> Result<(), proptest::test_runner::TestCaseError> {
        let mut stacks = Stacks::default();
        let mut sums = Sums::<SUBTRACTS>(0);
        let mut model = std::collections::BTreeMap::<i64, i64>::new();
        let (mut latest, mut ended, mut evicted) = (0, 0, 0);
        for (what, distance, value) in steps {
            let instant = (latest + distance).max(evicted);
            latest = latest.max(instant);
            match what {
                0 | 1 => {
                    *model.entry(instant).or_insert(0) += value;
                    match stacks.find(at(instant)) {
                        Some(held) => *held += value,
                        None => drop(stacks.insert(slice(instant), *value)),
                    }
                }
                2 => {
                    // As windows close, in order.
                    ended = instant.max(ended);
                    let expected = model.range(..ended).map(|(_, held)| held).sum::<i64>();
                    let total = stacks.total(at(ended), &mut sums);
                    proptest::prop_assert_eq!(total.unwrap_or(0), expected);
                }
                _ => {
                    evicted = evicted.max(instant - 2);
                    model = model.split_off(&evicted);
                    stacks.evict(at(evicted), &mut sums);
                }
            }
        }
        Ok(())
    }
}
