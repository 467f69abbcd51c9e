//! What `max_window` and `min_window` have in common: one of many values.

use std::cmp::Ordering;
use std::fmt;

use crate::known::{Known, Never, Unknown};
use crate::windows::WindowFold;

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
        let is_better = match other.rank.partial_cmp(&best.rank) {
            Some(Ordering::Equal) | None => other.arrival < best.arrival,
            Some(ordering) => ordering == self.better,
        };
        if is_better {
            *best = other;
        }
    }

    fn close(&mut self, best: Best<R, V>) -> V {
        best.value
    }
}

impl<F> fmt::Debug for ExtremeInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtremeInto").field("better", &self.better).finish_non_exhaustive()
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
