//! `filter_map_value(|value| …)`: one value for one under the same key, or none.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::map::IsFunction;
use crate::stream::KeyedStream;

impl<K, V> KeyedStream<K, V> {
    /// Gives the key with what `mapper` makes of its value where that is `Some`.
    ///
    /// ```text
    /// let some: KeyedStream<K, W> = keyed.filter_map_value(mapper = impl FnMut(V) -> Option<W>);
    /// ```
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TestingSource::new(["1", "x", "3"]));
    ///     let keyed = words.key_on(|_| 'k');
    ///     let numbers = keyed.filter_map_value(|word| word.parse::<u32>().ok());
    ///     numbers.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [('k', 1), ('k', 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.filter_map_value`.
    pub fn filter_map_value<W, F: IsFunction<V, Option<W>, M>, M>(
        self,
        mapper: F,
    ) -> (KeyedStream<K, W>, FilterMapValue<F::Itself>) {
        (KeyedStream::new(), FilterMapValue { step: self.step(), mapper: mapper.itself() })
    }
}

/// What `filter_map_value` leaves behind.
#[derive(Debug)]
pub struct FilterMapValue<F> {
    step: StepId,
    mapper: F,
}

impl<F> FilterMapValue<F> {
    /// Takes an item through, or not.
    #[inline(always)]
    pub fn call<K, V, W>(&mut self, (key, value): (K, V)) -> Option<(K, W)>
    where
        F: FnMut(V) -> Option<W>,
    {
        Some((key, blaming(self.step, || (self.mapper)(value))?))
    }
}
