//! `inspect(|item| …)`: a look at each item.

use crate::error::blaming;
use crate::graph::StepId;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Shows each item to `inspector`, and lets it through.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(0..3));
    ///     let seen = numbers.inspect(|number| println!("{number}"));
    ///     seen.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [0, 1, 2]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// A stream may end here: an `inspect` counts as an output.
    ///
    /// Cost: the closure's own. Bytewax: `op.inspect`.
    pub fn inspect<F: FnMut(&T)>(self, inspector: F) -> (Stream<T>, Inspect<F>) {
        (Stream::new(), Inspect { step: self.step(), inspector })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Shows each pair of key and value to `inspector`, and lets it through.
    pub fn inspect<F: FnMut(&(K, V))>(self, inspector: F) -> (KeyedStream<K, V>, Inspect<F>) {
        (KeyedStream::new(), Inspect { step: self.step(), inspector })
    }
}

/// What `inspect` leaves behind.
#[derive(Debug)]
pub struct Inspect<F> {
    step: StepId,
    inspector: F,
}

impl<F> Inspect<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T>(&mut self, item: T) -> T
    where
        F: FnMut(&T),
    {
        blaming(self.step, || (self.inspector)(&item));
        item
    }
}
