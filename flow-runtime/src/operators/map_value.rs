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
    ///     let numbers = input(TimedSource::new((0..3).map(|number| (at(number), number))));
    ///     let keyed = numbers.key_on(|_| 'k');
    ///     let next = keyed.map_value(|number| number + 1);
    ///     next.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [('k', (at(0), 1)), ('k', (at(1), 2)), ('k', (at(2), 3))]);
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
        (key, blaming(&self.step, || (self.mapper)(value)))
    }
}
