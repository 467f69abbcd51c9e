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
    ///     let words = input(TimedSource::new([(at(1), "1"), (at(2), "x"), (at(3), "3")]));
    ///     let keyed = words.key_on(|_| 'k');
    ///     let numbers = keyed.filter_map_value(|word| word.parse::<u32>().ok());
    ///     numbers.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [('k', (at(1), 1)), ('k', (at(3), 3))]);
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
        Some((key, blaming(&self.step, || (self.mapper)(value))?))
    }
}
