//! `flat_map(|item| …)`: any number of items for one.

use crate::error::{Blamed, blaming};
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::operators::map::IsFunction;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives every item of what `mapper` makes of an item, in order.
    ///
    /// ```text
    /// let many: Stream<U> = stream.flat_map(mapper = impl FnMut(T) -> impl IntoIterator<Item = U>);
    /// let many: Stream<U> = keyed.flat_map(mapper = impl FnMut((K, V)) -> impl IntoIterator<Item = U>);
    /// ```
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
    ///     let lines = input(TimedSource::new([(at(0), "split this"), (at(5), "and that")]));
    ///     let words = lines.flat_map(|line| line.split_whitespace());
    ///     words.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), "split"), (at(0), "this"), (at(5), "and"), (at(5), "that")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's and the iterator's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.flat_map`.
    pub fn flat_map<I: IsItems<F, M, Item = U, Mapper = G>, U, G, M, F: IsFunction<T, I, N>, N>(
        self,
        mapper: F,
    ) -> (Stream<U>, FlatMap<G>) {
        (Stream::new(), FlatMap { step: self.step(), mapper: I::mapper(mapper) })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives every item of what `mapper` makes of a pair of key and value, in order. What comes out has
    /// no key; see [`flat_map_value`](KeyedStream::flat_map_value) to keep it.
    pub fn flat_map<I: IsItems<F, M, Item = U, Mapper = G>, U, G, M, F: IsFunction<(K, V), I, N>, N>(
        self,
        mapper: F,
    ) -> (Stream<U>, FlatMap<G>) {
        self.pairs().flat_map(mapper)
    }
}

/// What `flat_map` leaves behind.
#[derive(Debug)]
pub struct FlatMap<F> {
    step: StepId,
    mapper: F,
}

impl<F> FlatMap<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T, I: IntoIterator>(&mut self, item: T) -> Blamed<I::IntoIter>
    where
        F: FnMut(T) -> I,
    {
        Blamed::new(self.step, blaming(&self.step, || (self.mapper)(item).into_iter()))
    }
}

/// What `flat_map` and `flatten` make items of.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no items: it must be something to iterate over",
    label = "this makes items of a `{Self}`",
    note = "a `Vec`, an `Option` or an iterator has items; for one item out of one use `map`"
)]
pub trait IsItems<F, M> {
    /// The items.
    type Item;
    /// What gives it.
    type Mapper;

    /// Gives what gives it.
    fn mapper(mapper: F) -> Self::Mapper;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator, F> IsItems<F, Known> for I {
    type Item = I::Item;
    type Mapper = F;

    fn mapper(mapper: F) -> F {
        mapper
    }
}

#[diagnostic::do_not_recommend]
impl<I: Never + IntoIterator, F> IsItems<F, Unknown> for I {
    type Item = I::Item;
    type Mapper = F;

    fn mapper(mapper: F) -> F {
        mapper
    }
}
