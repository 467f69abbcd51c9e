//! `count_final(|item| …)`: how many items each key has, at the end of the input.

use crate::finals::{FinalLogic, Fold};
use crate::key::IsKey;
use crate::keyed::Keyed;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Counts the items by the key that `key` makes of each, and gives each key with its count when the input
    /// ends. Keys go in the order in which their first items came.
    ///
    /// ```text
    /// let counts: KeyedStream<L, u64> = stream.count_final(key = impl FnMut(T) -> L);
    /// let counts: KeyedStream<L, u64> = keyed.count_final(key = impl FnMut((K, V)) -> L);
    /// ```
    ///
    /// The key may be the item or a part of it. What else is in the item is dropped.
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
    ///     let words = input(TimedSource::new([(at(0), "tea"), (at(5), "milk"), (at(9), "tea")]));
    ///     let counts = words.count_final(|word| word);
    ///     counts.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// // The input ends with its last item.
    /// assert_eq!(items.take(), [("tea", (at(9), 2)), ("milk", (at(9), 1))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, the key and its count until the input ends. Bytewax:
    /// `op.count_final`.
    pub fn count_final<K: IsKey<F, M>, M, F: FnMut(T) -> K>(
        self,
        key: F,
    ) -> (KeyedStream<K::Itself, u64>, Keyed<K::Itself, FinalLogic<(), CountFinal>, K::Getter>) {
        let logic = FinalLogic::new(CountFinal);
        (KeyedStream::new(), Keyed::making_keys(self.step(), K::getter(key), logic))
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Counts the pairs of key and value by the key that `key` makes of each; the old one goes unless it is
    /// that.
    pub fn count_final<L: IsKey<F, M>, M, F: FnMut((K, V)) -> L>(
        self,
        key: F,
    ) -> (KeyedStream<L::Itself, u64>, Keyed<L::Itself, FinalLogic<(), CountFinal>, L::Getter>) {
        self.pairs().count_final(key)
    }
}

/// How `count_final` counts.
#[derive(Clone, Copy, Debug)]
pub struct CountFinal;

impl Fold<()> for CountFinal {
    type Accumulator = u64;
    type Output = u64;

    #[inline]
    fn add(&mut self, count: &mut Option<u64>, (): ()) {
        *count = Some(count.unwrap_or(0) + 1);
    }

    fn give(&mut self, count: u64) -> u64 {
        count
    }
}
