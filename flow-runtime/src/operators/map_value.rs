//! `map_value(|value| …)`: one value for one under the same key.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::map::IsFunction;
use crate::stream::KeyedStream;

impl<K, V> KeyedStream<K, V> {
    /// Gives the key with what `mapper` makes of its value.
    ///
    /// ```text
    /// let next: KeyedStream<K, W> = keyed.map_value(mapper = impl FnMut(V) -> W);
    /// ```
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(0..3));
    ///     let keyed = numbers.key_on(|_| 'k');
    ///     let next = keyed.map_value(|number| number + 1);
    ///     next.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [('k', 1), ('k', 2), ('k', 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.map_value`.
    pub fn map_value<W, F: IsFunction<V, W, M>, M>(
        self,
        mapper: F,
    ) -> (KeyedStream<K, W>, MapValue<F::Itself>) {
        (KeyedStream::new(), MapValue { step: self.step(), mapper: mapper.itself() })
    }
}

/// What `map_value` leaves behind.
#[derive(Debug)]
pub struct MapValue<F> {
    step: StepId,
    mapper: F,
}

impl<F> MapValue<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<K, V, W>(&mut self, (key, value): (K, V)) -> (K, W)
    where
        F: FnMut(V) -> W,
    {
        (key, blaming(self.step, || (self.mapper)(value)))
    }
}
