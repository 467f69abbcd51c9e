//! `flat_map_value(|value| …)`: any number of values for one under the same key.

use crate::error::{Blamed, blaming};
use crate::graph::StepId;
use crate::operators::flat_map::IsItems;
use crate::operators::map::IsFunction;
use crate::stream::{KeyedStream, Shared};

impl<K, V> KeyedStream<K, V> {
    /// Gives the key with every item of what `mapper` makes of its value, in order.
    ///
    /// ```text
    /// let many: KeyedStream<K, W> = keyed.flat_map_value(mapper = impl FnMut(V) -> impl IntoIterator<Item = W>);
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
    ///     let lines = input(TimedSource::new([(at(0), "split this"), (at(5), "too")]));
    ///     let keyed = lines.key_on(|_| 'k');
    ///     let words = keyed.flat_map_value(|line| line.split_whitespace());
    ///     words.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [('k', (at(0), "split")), ('k', (at(0), "this")), ('k', (at(5), "too"))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's and the iterator's own, and a clone of the key, per item; nothing is kept, and an item
    /// goes on at once. Bytewax: `op.flat_map_value`.
    pub fn flat_map_value<I: IsItems<F, M, Item = U, Mapper = G>, U, G, M, F: IsFunction<V, I, N>, N>(
        self,
        mapper: F,
    ) -> (KeyedStream<K, U>, FlatMapValue<G>)
    where
        K: Shared,
    {
        (KeyedStream::new(), FlatMapValue { step: self.step(), mapper: I::mapper(mapper) })
    }
}

/// What `flat_map_value` leaves behind.
#[derive(Debug)]
pub struct FlatMapValue<F> {
    step: StepId,
    mapper: F,
}

impl<F> FlatMapValue<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<K: Clone, V, I: IntoIterator>(
        &mut self,
        (key, value): (K, V),
    ) -> impl Iterator<Item = (K, I::Item)> + use<K, V, I, F>
    where
        F: FnMut(V) -> I,
    {
        let values = blaming(&self.step, || (self.mapper)(value).into_iter());
        Blamed::new(self.step, values).map(move |value| (key.clone(), value))
    }
}
