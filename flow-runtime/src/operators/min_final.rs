//! `min_final()` and `min_final(by = |value| …)`: the smallest value of a key, at the end of the input.

use crate::finals::{Extreme, ExtremeBy, FinalLogic, IsComparable, Smallest};
use crate::key::Key;
use crate::keyed::Keyed;
use crate::stream::{Is, KeyedStream};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives each key with the smallest of its values when the input ends. Keys go in the order in which their
    /// first items came. Of values that are equal, and of such that cannot be compared, as `NaN` with a
    /// number, the earlier stays.
    ///
    /// ```text
    /// let smallest: KeyedStream<K, V> = keyed.min_final(
    ///     by = impl FnMut(&V) -> O,  // left out: the value itself
    /// );
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
    ///     let numbers = input(TimedSource::new([(at(0), 3), (at(2), 8), (at(4), 1), (at(6), 6)]));
    ///     let keyed = numbers.key_on(|number| number % 2);
    ///     let smallest = keyed.min_final();
    ///     smallest.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// // The input ends with its last item.
    /// assert_eq!(items.take(), [(1, (at(6), 1)), (0, (at(6), 6))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// For something else than the values themselves see
    /// [`min_final_by`](KeyedStream::min_final_by).
    ///
    /// Cost: one look-up per item; per key, the key and one value until the input ends. Bytewax:
    /// `op.min_final`.
    pub fn min_final<O, M>(self) -> (KeyedStream<K, V>, Keyed<K, FinalLogic<O, O::Itself>>)
    where
        V: Is<O>,
        O: IsComparable<O, Extreme<Smallest>, M>,
    {
        let logic = FinalLogic::new(O::itself(Extreme(Smallest)));
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }

    /// `min_final(by = |value| …)`: gives each key with the value of which `by` makes the smallest. That is
    /// anything that is `PartialOrd`.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TestingSource::new(["tea", "milk", "sugar", "rum"]));
    ///     let keyed = words.key_on(|_| "ALL");
    ///     let found = keyed.min_final(by = |word| word.len());
    ///     found.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("ALL", "tea")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up and one call of `by` per item; per key, the key, one value and what `by` made of it
    /// until the input ends. Bytewax: `op.min_final` with `by`.
    pub fn min_final_by<O, M, F>(self, by: F) -> (KeyedStream<K, V>, Keyed<K, FinalLogic<V, O::Itself>>)
    where
        F: FnMut(&V) -> O,
        O: IsComparable<V, ExtremeBy<Smallest, F, O>, M>,
    {
        let logic = FinalLogic::new(O::itself(ExtremeBy::new(by)));
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}
