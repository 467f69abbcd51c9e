//! `flat_map(|item| …)`: any number of items for one.

use crate::error::{Blamed, blaming};
use crate::graph::StepId;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives every item of what `mapper` makes of an item, in order.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let lines = input(TestingSource::new(["split this"]));
    ///     let words = lines.flat_map(|line| line.split_whitespace());
    ///     words.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), ["split", "this"]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's and the iterator's own. Bytewax: `op.flat_map`.
    pub fn flat_map<I: IntoIterator, F: FnMut(T) -> I>(self, mapper: F) -> (Stream<I::Item>, FlatMap<F>) {
        (Stream::new(), FlatMap { step: self.step(), mapper })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives every item of what `mapper` makes of a pair of key and value, in order. What comes out has
    /// no key; see [`flat_map_value`](KeyedStream::flat_map_value) to keep it.
    pub fn flat_map<I: IntoIterator, F: FnMut((K, V)) -> I>(
        self,
        mapper: F,
    ) -> (Stream<I::Item>, FlatMap<F>) {
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
        Blamed::new(self.step, blaming(self.step, || (self.mapper)(item).into_iter()))
    }
}
