//! `map(|item| …)`: one item for one.

use crate::error::blaming;
use crate::graph::StepId;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives what `mapper` makes of each item.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(0..3));
    ///     let next = numbers.map(|number| number + 1);
    ///     next.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [1, 2, 3]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own. Bytewax: `op.map`.
    pub fn map<U, F: FnMut(T) -> U>(self, mapper: F) -> (Stream<U>, Map<F>) {
        (Stream::new(), Map { step: self.step(), mapper })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives what `mapper` makes of each pair of key and value. What comes out has no key; see
    /// [`map_value`](KeyedStream::map_value) to keep it.
    pub fn map<U, F: FnMut((K, V)) -> U>(self, mapper: F) -> (Stream<U>, Map<F>) {
        self.pairs().map(mapper)
    }
}

/// What `map` leaves behind.
#[derive(Debug)]
pub struct Map<F> {
    step: StepId,
    mapper: F,
}

impl<F> Map<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T, U>(&mut self, item: T) -> U
    where
        F: FnMut(T) -> U,
    {
        blaming(self.step, || (self.mapper)(item))
    }
}
