//! `key_rm()`: the values without their keys.

use crate::stream::{KeyedStream, Stream};

impl<K, V> KeyedStream<K, V> {
    /// Gives the values without their keys.
    ///
    /// ```text
    /// let plain: Stream<V> = keyed.key_rm();
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
    ///     let words = input(TimedSource::new([(at(0), "apple"), (at(5), "bean")]));
    ///     let keyed = words.key_on(|word| word.len());
    ///     let plain = keyed.key_rm();
    ///     plain.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), "apple"), (at(5), "bean")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: none; nothing is kept, and an item goes on at once. Bytewax: `op.key_rm`.
    pub fn key_rm(self) -> (Stream<V>, KeyRm) {
        (Stream::new(), KeyRm)
    }
}

/// What `key_rm` leaves behind.
#[derive(Clone, Copy, Debug)]
pub struct KeyRm;

impl KeyRm {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<K, V>(&mut self, (_, value): (K, V)) -> V {
        value
    }
}
