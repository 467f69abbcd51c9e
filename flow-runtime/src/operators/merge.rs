//! `merge(a, b, …)`: several streams as one.

use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives the items of all the streams, in the order in which they arrive.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TestingSource::new(["a", "bb", "c"]));
    ///     let (short, long) = words.branch(|word| word.len() < 2);
    ///     let shouted = long.map(|_| "LONG");
    ///     let all = merge(short, shouted);
    ///     all.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), ["a", "LONG", "c"]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: a move of each item. Bytewax: `op.merge`.
    #[must_use]
    pub fn merge(self) -> Self {
        Self::new()
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives the pairs of all the streams, in the order in which they arrive. All must be keyed by the
    /// same type.
    #[must_use]
    pub fn merge(self) -> Self {
        Self::new()
    }
}
