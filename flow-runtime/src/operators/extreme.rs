//! What `max_window` and `min_window` have in common: one of many values.

use std::cmp::Ordering;
use std::fmt;

use crate::known::{Known, Never, Unknown};
use crate::windows::{PartialFold, WindowFold};

/// What a window of `max_window` or `min_window` holds.
pub struct ExtremeInto<F> {
    by: F,
    /// How a value compares with the one it takes the place of.
    better: Ordering,
    /// How many values have come, of all windows.
    arrivals: u64,
}

impl<F> ExtremeInto<F> {
    pub(super) fn new(by: F, better: Ordering) -> Self {
        Self { by, better, arrivals: 0 }
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

impl<V, R: PartialOrd, F: FnMut(&V) -> R> WindowFold<V> for ExtremeInto<F> {
    type Accumulator = Best<R, V>;
    type Output = V;

    #[inline]
    fn open(&mut self, value: V) -> Best<R, V> {
        self.arrivals += 1;
        Best { rank: (self.by)(&value), value, arrival: self.arrivals }
    }

    #[inline]
    fn add(&mut self, best: &mut Best<R, V>, value: V) {
        let candidate = self.open(value);
        self.merge(best, candidate);
    }

    #[inline]
    fn merge(&mut self, best: &mut Best<R, V>, other: Best<R, V>) {
        if is_better(self.better, (&other.rank, other.arrival), (&best.rank, best.arrival)) {
            *best = other;
        }
    }

    fn close(&mut self, best: Best<R, V>) -> V {
        best.value
    }
}

impl<V, R: PartialOrd, F: FnMut(&V) -> R> PartialFold<V> for ExtremeInto<F> {
    #[inline]
    fn copy(&mut self, best: &Best<R, V>, clone: impl Fn(&V) -> V) -> Best<R, V> {
        Best { rank: (self.by)(&best.value), value: clone(&best.value), arrival: best.arrival }
    }
}

impl<F> fmt::Debug for ExtremeInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtremeInto").field("better", &self.better).finish_non_exhaustive()
    }
}

/// What a window of `max_window` or `min_window` holds that compares the values themselves.
#[derive(Clone, Copy, Debug)]
pub struct ExtremeOf {
    better: Ordering,
    arrivals: u64,
}

impl<V: PartialOrd> WindowFold<V> for ExtremeOf {
    /// With how many values had come, of all windows.
    type Accumulator = (V, u64);
    type Output = V;

    #[inline]
    fn open(&mut self, value: V) -> (V, u64) {
        self.arrivals += 1;
        (value, self.arrivals)
    }

    #[inline]
    fn add(&mut self, best: &mut (V, u64), value: V) {
        let candidate = self.open(value);
        self.merge(best, candidate);
    }

    #[inline]
    fn merge(&mut self, best: &mut (V, u64), other: (V, u64)) {
        if is_better(self.better, (&other.0, other.1), (&best.0, best.1)) {
            *best = other;
        }
    }

    fn close(&mut self, (best, _): (V, u64)) -> V {
        best
    }
}

impl<V: PartialOrd> PartialFold<V> for ExtremeOf {
    #[inline]
    fn copy(&mut self, (best, arrival): &(V, u64), clone: impl Fn(&V) -> V) -> (V, u64) {
        (clone(best), *arrival)
    }
}

/// Whether a value with a number takes the place of another. Of equal ones, and of such that cannot be compared, the
/// one that came first stays.
#[inline(always)]
fn is_better<R: PartialOrd>(better: Ordering, (one, arrival): (&R, u64), (other, before): (&R, u64)) -> bool {
    match one.partial_cmp(other) {
        Some(Ordering::Equal) | None => arrival < before,
        Some(ordering) => ordering == better,
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
    type Content = ExtremeOf;

    fn content(better: Ordering) -> ExtremeOf {
        ExtremeOf { better, arrivals: 0 }
    }
}

#[diagnostic::do_not_recommend]
impl<V: Never + PartialOrd> IsOrdered<Unknown> for V {
    type Content = ExtremeOf;

    fn content(better: Ordering) -> ExtremeOf {
        ExtremeOf { better, arrivals: 0 }
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
