//! The largest and the smallest value of a key.

use std::fmt;
use std::marker::PhantomData;

use super::Fold;
use crate::known::{Known, Never, Unknown};

/// Which way values are looked for.
pub trait Direction {
    /// Whether a value goes before the one that came earlier. One that is equal, or that cannot be compared
    /// with it, does not.
    fn goes_before<O: PartialOrd>(value: &O, earlier: &O) -> bool;
}

/// The largest.
#[derive(Clone, Copy, Debug)]
pub struct Largest;

impl Direction for Largest {
    #[inline(always)]
    fn goes_before<O: PartialOrd>(value: &O, earlier: &O) -> bool {
        value > earlier
    }
}

/// The smallest.
#[derive(Clone, Copy, Debug)]
pub struct Smallest;

impl Direction for Smallest {
    #[inline(always)]
    fn goes_before<O: PartialOrd>(value: &O, earlier: &O) -> bool {
        value < earlier
    }
}

/// Keeps the value that goes before all others.
#[derive(Clone, Copy, Debug)]
pub struct Extreme<D>(pub(crate) D);

impl<V: PartialOrd, D: Direction> Fold<V> for Extreme<D> {
    type Accumulator = V;
    type Output = V;

    #[inline]
    fn add(&mut self, best: &mut Option<V>, value: V) {
        if best.as_ref().is_none_or(|best| D::goes_before(&value, best)) {
            *best = Some(value);
        }
    }

    fn give(&mut self, best: V) -> V {
        best
    }
}

/// Keeps the value of which something goes before that of all others.
pub struct ExtremeBy<D, F, O> {
    by: F,
    types: PhantomData<fn(D) -> O>,
}

impl<D, F, O> ExtremeBy<D, F, O> {
    pub(crate) fn new(by: F) -> Self {
        Self { by, types: PhantomData }
    }
}

impl<V, D: Direction, O: PartialOrd, F: FnMut(&V) -> O> Fold<V> for ExtremeBy<D, F, O> {
    /// With what it is compared by, which is asked for once a value.
    type Accumulator = (O, V);
    type Output = V;

    #[inline]
    fn add(&mut self, best: &mut Option<(O, V)>, value: V) {
        let by = (self.by)(&value);
        if best.as_ref().is_none_or(|(best, _)| D::goes_before(&by, best)) {
            *best = Some((by, value));
        }
    }

    fn give(&mut self, (_, best): (O, V)) -> V {
        best
    }
}

impl<D, F, O> fmt::Debug for ExtremeBy<D, F, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExtremeBy")
    }
}

/// What `max_final` and `min_final` compare. Where it cannot be compared, rustc knows of no `Itself`, and
/// says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared: it must be `PartialOrd`",
    label = "this compares values of type `{Self}`",
    note = "derive `PartialEq, PartialOrd` for it, or say what to compare: `by = |value| …`"
)]
pub trait IsComparable<V, C, M> {
    /// What compares.
    type Itself: Fold<V, Output = V>;

    /// Gives what compares.
    fn itself(comparer: C) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<O: PartialOrd, V, C: Fold<V, Output = V>> IsComparable<V, C, Known> for O {
    type Itself = C;

    fn itself(comparer: C) -> C {
        comparer
    }
}

#[diagnostic::do_not_recommend]
impl<O: Never + PartialOrd, V, C: Fold<V, Output = V>> IsComparable<V, C, Unknown> for O {
    type Itself = C;

    fn itself(comparer: C) -> C {
        comparer
    }
}
