//! `fold_final(builder = …, folder = …)`: a fold per key, at the end of the input.

use std::fmt;

use crate::finals::{FinalLogic, Fold};
use crate::key::Key;
use crate::keyed::Keyed;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;

impl<K: Key, V> KeyedStream<K, V> {
    /// Folds the values of each key, and gives each key with its accumulator when the input ends. Keys go in
    /// the order in which their first items came.
    ///
    /// ```text
    /// let folds: KeyedStream<K, A> = keyed.fold_final(
    ///     builder = impl FnMut() -> A,
    ///     folder = impl FnMut(A, V) -> A,
    /// );
    /// ```
    ///
    /// * `builder`: makes a new key's accumulator.
    /// * `folder`: takes a value in: `|accumulator, value| …` gives the new accumulator.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// let time = SimulatedTime::starting_at(start);
    /// let clock = time.clone();
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TimedSource::new([(at(0), "apple"), (at(5), "bean"), (at(9), "avocado")]));
    ///     let keyed = words.key_on(|word| word.chars().next());
    ///     let joined = keyed.fold_final(builder = || String::new(), folder = |all, word| all + word + " ");
    ///     joined.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// // The input ends with its last item.
    /// let expected = [(Some('a'), "apple avocado "), (Some('b'), "bean ")];
    /// assert_eq!(items.take(), expected.map(|(letter, all)| (letter, (at(9), all.to_owned()))));
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, the key and its accumulator until the input ends. Bytewax:
    /// `op.fold_final`.
    pub fn fold_final<A, B, F, M, N>(
        self,
        builder: B,
        folder: F,
    ) -> (KeyedStream<K, A>, Keyed<K, FinalLogic<V, FoldFinal<B::Itself, F::Itself>>>)
    where
        B: IsBuilder<A, M>,
        F: IsFolder<A, V, N>,
    {
        let logic = FinalLogic::new(FoldFinal { builder: builder.itself(), folder: folder.itself() });
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}

/// What `fold_final` makes of a key's values.
pub struct FoldFinal<B, F> {
    builder: B,
    folder: F,
}

impl<A, V, B: FnMut() -> A, F: FnMut(A, V) -> A> Fold<V> for FoldFinal<B, F> {
    type Accumulator = A;
    type Output = A;

    #[inline]
    fn add(&mut self, accumulator: &mut Option<A>, value: V) {
        let before = accumulator.take().unwrap_or_else(&mut self.builder);
        *accumulator = Some((self.folder)(before, value));
    }

    fn give(&mut self, accumulator: A) -> A {
        accumulator
    }
}

impl<B, F> fmt::Debug for FoldFinal<B, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoldFinal")
    }
}

/// What `fold_final` and `fold_window` take as `folder`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not fold values of type `{V}` into what `builder` makes",
    label = "the values of this stream are of type `{V}`",
    note = "`folder = |accumulator, value| …` gives the accumulator back"
)]
pub trait IsFolder<A, V, M>: FnMut(A, V) -> A {
    /// The function.
    type Itself: FnMut(A, V) -> A;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<A, V, F: FnMut(A, V) -> A> IsFolder<A, V, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A, V, F: Never + FnMut(A, V) -> A> IsFolder<A, V, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

/// What `fold_final` and `fold_window` take as `builder`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`builder` is a function without parameters, and this is none",
    label = "this makes no accumulator",
    note = "`builder = || …` gives a new accumulator"
)]
pub trait IsBuilder<A, M>: FnMut() -> A {
    /// The function.
    type Itself: FnMut() -> A;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<A, F: FnMut() -> A> IsBuilder<A, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A, F: Never + FnMut() -> A> IsBuilder<A, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
