//! What the operators that speak at the end of the input share: a fold of each key's values.

mod extreme;

use std::fmt;
use std::marker::PhantomData;

use crate::keyed::{Emitter, Fate, Item, Logic, Look, Unmarked};
use crate::time::{OutOfRange, Timestamp};

pub use extreme::{Direction, Extreme, ExtremeBy, IsComparable, Largest, Smallest};

/// What the values of a key come to.
pub trait Fold<V> {
    /// What is kept while values come.
    type Accumulator;
    /// What is given.
    type Output;

    /// Takes a value in. The accumulator is `None` at the key's first value, and `Some` behind each.
    fn add(&mut self, accumulator: &mut Option<Self::Accumulator>, value: V);

    /// What is given for an accumulator.
    fn give(&mut self, accumulator: Self::Accumulator) -> Self::Output;
}

/// Folds the values of a key, and gives what they come to when the input ends.
pub struct FinalLogic<V, F> {
    fold: F,
    values: PhantomData<fn(V)>,
}

impl<V, F> FinalLogic<V, F> {
    pub(crate) fn new(fold: F) -> Self {
        Self { fold, values: PhantomData }
    }
}

impl<V, F: Fold<V>> Logic for FinalLogic<V, F> {
    type Value = V;
    type State = Option<F::Accumulator>;
    type Rest = ();
    type Event = Item<F::Output>;
    type Reading = ();
    type Marks = Unmarked;

    /// Each but a key's first only goes into what is kept.
    const LOOKS: bool = true;

    fn create(&mut self, _: Timestamp) -> Self::State {
        None
    }

    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Option<Self::State>,
        value: V,
        _: (Timestamp, Timestamp),
        _: &mut Emitter<'_, Self::Event>,
    ) -> Result<Look<V, ()>, OutOfRange> {
        let Some(state) = state else { return Ok(Look::Left(value, None)) };
        self.fold.add(state, value);
        Ok(Look::Taken { begins: false, due: Timestamp::MAX })
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: V,
        _: Option<()>,
        _: Timestamp,
        _: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        self.fold.add(state, value);
        Ok(Fate::Keep)
    }

    fn on_end(
        &mut self,
        state: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        if let Some(accumulator) = state.take() {
            out.emit(Item(self.fold.give(accumulator)));
        }
        Ok(Fate::Drop)
    }
}

impl<V, F> fmt::Debug for FinalLogic<V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FinalLogic")
    }
}
