//! What `max_window` and `min_window` have in common: one of many values.

use std::cmp::Ordering;
use std::fmt;

use crate::known::{Known, Never, Unknown};
use crate::windows::{PartialFold, WindowFold};

/// What a window of `max_window` or `min_window` holds: the best of its values by a ranking.
#[derive(Debug)]
pub struct ExtremeInto<K> {
    ranking: K,
    /// How a value compares with the one it takes the place of.
    better: Ordering,
    /// How many values have come, of all windows.
    arrivals: u64,
}

impl<K> ExtremeInto<K> {
    fn new(ranking: K, better: Ordering) -> Self {
        Self { ranking, better, arrivals: 0 }
    }
}

impl<F> ExtremeInto<ByRank<F>> {
    pub(super) fn by(by: F, better: Ordering) -> Self {
        Self::new(ByRank(by), better)
    }
}

/// The best value that a window has seen.
#[derive(Clone, Copy, Debug)]
pub struct Best<R, V> {
    rank: R,
    value: V,
    /// Of equal values the first is kept, also where windows merge that know nothing of each other.
    arrival: u64,
}

/// What values are compared by.
pub trait Ranking<V> {
    /// What is kept of a value to compare it with others, beside itself.
    type Rank;

    /// Makes that.
    fn rank(&mut self, value: &V) -> Self::Rank;

    /// How one compares with another.
    fn compare(one: &Best<Self::Rank, V>, other: &Best<Self::Rank, V>) -> Option<Ordering>;
}

/// Values are compared themselves.
#[derive(Clone, Copy, Debug)]
pub struct ByItself;

impl<V: PartialOrd> Ranking<V> for ByItself {
    type Rank = ();

    #[inline(always)]
    fn rank(&mut self, _: &V) {}

    #[inline(always)]
    fn compare(one: &Best<(), V>, other: &Best<(), V>) -> Option<Ordering> {
        one.value.partial_cmp(&other.value)
    }
}

/// Values are compared by what a function gives for them.
pub struct ByRank<F>(F);

impl<V, R: PartialOrd, F: FnMut(&V) -> R> Ranking<V> for ByRank<F> {
    type Rank = R;

    #[inline(always)]
    fn rank(&mut self, value: &V) -> R {
        (self.0)(value)
    }

    #[inline(always)]
    fn compare(one: &Best<R, V>, other: &Best<R, V>) -> Option<Ordering> {
        one.rank.partial_cmp(&other.rank)
    }
}

impl<F> fmt::Debug for ByRank<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByRank")
    }
}

impl<V, K: Ranking<V>> WindowFold<V> for ExtremeInto<K> {
    type Accumulator = Best<K::Rank, V>;
    type Output = V;

    #[inline]
    fn open(&mut self, value: V) -> Best<K::Rank, V> {
        self.arrivals += 1;
        Best { rank: self.ranking.rank(&value), value, arrival: self.arrivals }
    }

    #[inline]
    fn add(&mut self, best: &mut Best<K::Rank, V>, value: V) {
        let candidate = self.open(value);
        self.merge(best, candidate);
    }

    /// Of equal values, and of such that cannot be compared, the one that came first stays.
    #[inline]
    fn merge(&mut self, best: &mut Best<K::Rank, V>, other: Best<K::Rank, V>) {
        let is_better = match K::compare(&other, best) {
            Some(Ordering::Equal) | None => other.arrival < best.arrival,
            Some(ordering) => ordering == self.better,
        };
        if is_better {
            *best = other;
        }
    }

    fn close(&mut self, best: Best<K::Rank, V>) -> V {
        best.value
    }
}

impl<V, K: Ranking<V>> PartialFold<V> for ExtremeInto<K> {
    /// Asks for the rank anew, which then need not be `Clone`.
    #[inline]
    fn copy(&mut self, best: &Best<K::Rank, V>, clone: impl Fn(&V) -> V) -> Best<K::Rank, V> {
        Best { rank: self.ranking.rank(&best.value), value: clone(&best.value), arrival: best.arrival }
    }
}

/// Values that `max_window` and `min_window` compare. Where they cannot be compared, rustc knows of no `Content`, and
/// says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared: it must be `PartialOrd`",
    label = "this compares values of type `{Self}`",
    note = "derive `PartialEq, PartialOrd` for it, or say what to compare: `by = |value| …`"
)]
pub trait IsOrdered<M>: Sized {
    /// What windows hold.
    type Content: PartialFold<Self, Output = Self>;

    /// Gives that.
    fn content(better: Ordering) -> Self::Content;
}

#[diagnostic::do_not_recommend]
impl<V: PartialOrd> IsOrdered<Known> for V {
    type Content = ExtremeInto<ByItself>;

    fn content(better: Ordering) -> ExtremeInto<ByItself> {
        ExtremeInto::new(ByItself, better)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Never + PartialOrd> IsOrdered<Unknown> for V {
    type Content = ExtremeInto<ByItself>;

    fn content(better: Ordering) -> ExtremeInto<ByItself> {
        ExtremeInto::new(ByItself, better)
    }
}

/// What `by = …` gives: something that can be compared. Where it cannot, rustc knows of no `By`, and says so only
/// once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "values are compared by what `by` gives, and a `{Self}` cannot be compared",
    label = "the `by` of these windows gives a `{Self}`",
    note = "`by = |value| …` gives something that is `PartialOrd`, such as a number"
)]
pub trait IsComparable<V, F, M> {
    /// The same type.
    type Rank: PartialOrd;
    /// The function.
    type By: FnMut(&V) -> Self::Rank;

    /// Gives the function.
    fn by(by: F) -> Self::By;
}

#[diagnostic::do_not_recommend]
impl<V, R: PartialOrd, F: FnMut(&V) -> R> IsComparable<V, F, Known> for R {
    type Rank = R;
    type By = F;

    fn by(by: F) -> F {
        by
    }
}

#[diagnostic::do_not_recommend]
impl<V, R: Never + PartialOrd, F: FnMut(&V) -> R> IsComparable<V, F, Unknown> for R {
    type Rank = R;
    type By = F;

    fn by(by: F) -> F {
        by
    }
}
