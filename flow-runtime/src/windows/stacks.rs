//! What the slices of a key hold, and what they hold together: the queue of a sliding window as two stacks.

use std::collections::VecDeque;

use crate::time::Timestamp;

/// What the slices of a key hold, the oldest in front, and of those that a window has closed over, what they come to.
///
/// Slices join at one end and leave at the other. The `front` knows of each slice in it what it and those behind it in
/// the front come to; the `back` is what came behind the front. So what a window holds is put together of two parts,
/// and when the front is used up it is made anew of all slices: once for each of them.
#[derive(Debug)]
pub(super) struct Stacks<A> {
    /// The slice that most items go into, with where it begins: no window has closed over it.
    newest: Option<(Timestamp, A)>,
    /// The others, each with where it begins.
    slices: VecDeque<(Timestamp, A)>,
    /// The oldest slice's at the end.
    front: Vec<A>,
    back: Option<A>,
    /// How many slices are in front and back together.
    stacked: usize,
}

impl<A> Default for Stacks<A> {
    fn default() -> Self {
        Self { newest: None, slices: VecDeque::new(), front: Vec::new(), back: None, stacked: 0 }
    }
}

impl<A> Stacks<A> {
    /// Whether there is no slice.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.newest.is_none() && self.slices.is_empty()
    }

    /// Where the oldest slice begins.
    #[inline]
    pub(super) fn oldest(&self) -> Option<Timestamp> {
        self.slices.front().or(self.newest.as_ref()).map(|(begin, _)| *begin)
    }

    /// Whether `begin` is where the newest slice begins, and no window has closed over it.
    #[inline]
    pub(super) fn is_newest(&self, begin: Timestamp) -> bool {
        self.newest.as_ref().is_some_and(|(newest, _)| *newest == begin)
    }

    /// What the newest slice holds, where no window has closed over it.
    #[inline(always)]
    pub(super) fn newest(&mut self) -> Option<&mut A> {
        self.newest.as_mut().map(|(_, held)| held)
    }

    /// What the slice that begins at `begin` holds, which is then about to change. None where there is no such slice.
    pub(super) fn find(&mut self, begin: Timestamp) -> Option<&mut A> {
        if self.is_newest(begin) {
            return self.newest();
        }
        let place = self.place_of(begin);
        if place < self.stacked {
            self.unstack();
        }
        self.slices.get_mut(place).filter(|(found, _)| *found == begin).map(|(_, held)| held)
    }

    /// Puts in what a slice holds that was not found. Says whether it is the first of all.
    pub(super) fn insert(&mut self, begin: Timestamp, held: A) -> bool {
        let is_first = self.oldest().is_none_or(|oldest| begin < oldest);
        let latest = self.newest.as_ref().or(self.slices.back());
        if latest.is_some_and(|(latest, _)| begin < *latest) {
            let place = self.place_of(begin);
            self.slices.insert(place, (begin, held));
        } else if let Some(earlier) = self.newest.replace((begin, held)) {
            self.slices.push_back(earlier);
        }
        is_first
    }

    /// Where the slice that begins at `begin` is among those that are not the newest, or belongs.
    fn place_of(&self, begin: Timestamp) -> usize {
        match self.slices.back() {
            Some((latest, _)) if *latest >= begin => {
                self.slices.partition_point(|(earlier, _)| *earlier < begin)
            }
            _ => self.slices.len(),
        }
    }

    /// Forgets the slices that begin before `begin`.
    pub(super) fn evict(&mut self, begin: Timestamp) {
        while self.slices.front().is_some_and(|(oldest, _)| *oldest < begin) {
            self.slices.pop_front();
            if self.front.pop().is_some() {
                self.stacked -= 1;
            } else {
                self.unstack();
            }
        }
        self.newest.take_if(|(newest, _)| *newest < begin);
    }

    /// Forgets what slices come to together.
    fn unstack(&mut self) {
        self.front.clear();
        self.back = None;
        self.stacked = 0;
    }
}

impl<A> Stacks<A> {
    /// What the slices that begin before `end` come to, none where there are none.
    pub(super) fn total(&mut self, end: Timestamp, parts: &mut impl Merging<A>) -> Option<A> {
        if let Some(newest) = self.newest.take_if(|(newest, _)| *newest < end) {
            self.slices.push_back(newest);
        }
        if self.front.is_empty() {
            self.stack(end, parts);
        } else {
            self.follow(end, parts);
        }
        let mut total = parts.copy(self.front.last()?);
        if let Some(back) = &self.back {
            let back = parts.copy(back);
            parts.merge(&mut total, back);
        }
        Some(total)
    }

    /// Makes the front of all slices that begin before `end`.
    fn stack(&mut self, end: Timestamp, parts: &mut impl Merging<A>) {
        self.stacked = self.slices.partition_point(|(begin, _)| *begin < end);
        self.back = None;
        for (_, held) in self.slices.range(..self.stacked).rev() {
            let mut all = parts.copy(held);
            if let Some(later) = self.front.last() {
                let later = parts.copy(later);
                parts.merge(&mut all, later);
            }
            self.front.push(all);
        }
    }

    /// Puts the further slices that begin before `end` into the back.
    fn follow(&mut self, end: Timestamp, parts: &mut impl Merging<A>) {
        while let Some((begin, held)) = self.slices.get(self.stacked)
            && *begin < end
        {
            let held = parts.copy(held);
            match &mut self.back {
                Some(back) => parts.merge(back, held),
                none => *none = Some(held),
            }
            self.stacked += 1;
        }
    }
}

/// How parts are put together.
pub(super) trait Merging<A> {
    /// A copy of what a part holds.
    fn copy(&mut self, held: &A) -> A;

    /// Puts what a later part holds into what an earlier one does.
    fn merge(&mut self, earlier: &mut A, later: A);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(begin: i64) -> Timestamp {
        Timestamp::from_nanoseconds(begin)
    }

    /// Lists show in which order parts were put together.
    fn total(stacks: &mut Stacks<Vec<i64>>, end: i64) -> Option<Vec<i64>> {
        stacks.total(at(end), &mut Lists)
    }

    struct Lists;

    impl Merging<Vec<i64>> for Lists {
        fn copy(&mut self, held: &Vec<i64>) -> Vec<i64> {
            held.clone()
        }

        fn merge(&mut self, earlier: &mut Vec<i64>, later: Vec<i64>) {
            earlier.extend(later);
        }
    }

    /// Adds up, and counts how often.
    struct Sums(usize);

    impl Merging<i64> for Sums {
        fn copy(&mut self, held: &i64) -> i64 {
            *held
        }

        fn merge(&mut self, earlier: &mut i64, later: i64) {
            *earlier += later;
            self.0 += 1;
        }
    }

    fn put(stacks: &mut Stacks<Vec<i64>>, begin: i64) {
        match stacks.find(at(begin)) {
            Some(held) => held.push(begin),
            None => {
                let was_empty = stacks.is_empty();
                assert_eq!(
                    stacks.insert(at(begin), vec![begin]),
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
            stacks.evict(at(newest - 6));
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
        stacks.evict(at(3));
        assert_eq!(total(&mut stacks, 5), Some(vec![3, 3, 4, 4]));
        stacks.evict(at(9));
        assert_eq!(total(&mut stacks, 9), None);
        assert_eq!(total(&mut stacks, 10), Some(vec![9]));
        stacks.evict(at(10));
        assert!(stacks.is_empty());
    }

    /// A window costs no more than a few merges, however many slices it has.
    #[test]
    fn merges_do_not_grow_with_the_overlap() {
        for overlap in [2, 10, 600] {
            let mut stacks = Stacks::default();
            let mut sums = Sums(0);
            for newest in 0..6_000_i64 {
                assert!(stacks.find(at(newest)).is_none());
                stacks.insert(at(newest), 1_i64);
                stacks.evict(at(newest - overlap + 1));
                let total = stacks.total(at(newest + 1), &mut sums);
                assert_eq!(total, Some((newest + 1).min(overlap)));
            }
            assert!(sums.0 <= 3 * 6_000, "{} merges of {overlap} slices a window", sums.0);
        }
    }
}
