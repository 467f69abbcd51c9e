//! `filter_value(|value| …)`: some of the pairs, by their value.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::filter::IsPredicate;
use crate::stream::KeyedStream;

impl<K, V> KeyedStream<K, V> {
    /// Lets the pairs through for whose value `predicate` holds.
    ///
    /// ```text
    /// let some: KeyedStream<K, V> = keyed.filter_value(predicate = impl FnMut(&V) -> bool);
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
    ///     let numbers = input(TimedSource::new((1..4).map(|number| (at(number), number))));
    ///     let keyed = numbers.key_on(|_| 'k');
    ///     let odd = keyed.filter_value(|number| number % 2 != 0);
    ///     odd.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [('k', (at(1), 1)), ('k', (at(3), 3))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.filter_value`.
    pub fn filter_value<F: IsPredicate<V, M>, M>(
        self,
        predicate: F,
    ) -> (KeyedStream<K, V>, FilterValue<F::Itself>) {
        (KeyedStream::new(), FilterValue { step: self.step(), predicate: predicate.itself() })
    }
}

/// What `filter_value` leaves behind.
#[derive(Debug)]
pub struct FilterValue<F> {
    step: StepId,
    predicate: F,
}

impl<F> FilterValue<F> {
    /// Whether an item goes on.
    #[inline(always)]
    pub fn keeps<K, V>(&mut self, (_, value): &(K, V)) -> bool
    where
        F: FnMut(&V) -> bool,
    {
        blaming(&self.step, || (self.predicate)(value))
    }
}
