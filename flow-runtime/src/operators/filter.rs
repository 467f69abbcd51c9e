//! `filter(|item| …)`: some of the items.

use crate::error::blaming;
use crate::graph::StepId;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Lets the items through for which `predicate` holds.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(1..4));
    ///     let odd = numbers.filter(|number| number % 2 != 0);
    ///     odd.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [1, 3]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own. Bytewax: `op.filter`.
    pub fn filter<F: FnMut(&T) -> bool>(self, predicate: F) -> (Stream<T>, Filter<F>) {
        (Stream::new(), Filter { step: self.step(), predicate })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Lets the pairs of key and value through for which `predicate` holds.
    pub fn filter<F: FnMut(&(K, V)) -> bool>(self, predicate: F) -> (KeyedStream<K, V>, Filter<F>) {
        (KeyedStream::new(), Filter { step: self.step(), predicate })
    }
}

/// What `filter` leaves behind.
#[derive(Debug)]
pub struct Filter<F> {
    step: StepId,
    predicate: F,
}

impl<F> Filter<F> {
    /// Whether an item goes on.
    #[inline(always)]
    pub fn keeps<T>(&mut self, item: &T) -> bool
    where
        F: FnMut(&T) -> bool,
    {
        blaming(self.step, || (self.predicate)(item))
    }
}
