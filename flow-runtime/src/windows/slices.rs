//! Slices: the parts that windows which overlap are made of.

use super::{
    Clock, EarlyResults, Folding, Forget, Many, Membership, Naming, SlicedStep, WindowFold, WindowId,
    WindowOptions, WindowStep, Windower,
};
use crate::time::Timestamp;

/// A stretch of time in which no window begins and none ends: what is in it belongs to the same windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The first instant that belongs to it.
    pub begin: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

impl Slice {
    #[inline(always)]
    pub(super) fn contains(&self, timestamp: Timestamp) -> bool {
        self.begin <= timestamp && timestamp < self.end
    }
}

/// An item belongs to any number of windows, which are made of slices: they are of one length, and each begins and ends
/// later than the one before it. Where what a window holds can be put together of parts, an item goes into its slice;
/// elsewhere each window but the last gets a clone of it.
///
/// A windower with these says which slices there are: see [`Windower::slice_of`].
#[derive(Clone, Copy, Debug)]
pub struct Slices;

impl<V: Clone> Membership<V> for Slices {
    type Step<C, W, A, F, B, E>
        = E::Either<WindowStep<V, C, W, Folding<A>, F, B, E>, SlicedStep<V, C, W, A, F, B, E>>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>;

    #[inline]
    fn hand_out(value: V, ids: &[WindowId], each: impl FnMut(WindowId, V)) {
        Many::hand_out(value, ids, each);
    }

    fn step<C, W, A, F, B, E>(
        times: (C, W),
        fold: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> Self::Step<C, W, A, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>,
    {
        E::either(
            (times, fold, options),
            |((clock, windower), fold, options)| {
                WindowStep::new(clock, windower, Folding(fold), options, ordered)
            },
            |(times, fold, options)| SlicedStep::new(times, fold, options, ordered),
        )
    }
}

/// A fold of which parts can be merged, in their order: a fold of all values gives what the folds of parts of them give
/// that are merged.
pub trait PartialFold<V>: WindowFold<V> {
    /// Whether a part can be taken out of a total again, by [`subtract`](PartialFold::subtract), and leaves exactly what
    /// the others come to. Then windows that overlap need one merge each, and no stacks.
    const INVERTIBLE: bool = false;

    /// A copy of what values were folded into. `clone` clones one of them.
    fn copy(&mut self, held: &Self::Accumulator, clone: impl Fn(&V) -> V) -> Self::Accumulator;

    /// Takes a part out of a total, which is not all of it. Asked for where the fold is `INVERTIBLE`, which has to write
    /// it.
    fn subtract(&mut self, _total: &mut Self::Accumulator, _part: Self::Accumulator) {}
}
