//! `redistribute()`: items go to whichever worker has time.

use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Spreads the items over the workers. The embedded engine has one worker, where each item goes on as it
    /// is, in the same order.
    ///
    /// ```text
    /// let same: Stream<T> = stream.redistribute();
    /// let same: KeyedStream<K, V> = keyed.redistribute();
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
    ///     let spread = numbers.redistribute();
    ///     spread.map(|number| number * number).map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 0), (at(1), 1), (at(2), 4)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: none; nothing is kept, and an item goes on at once. Bytewax: `op.redistribute`.
    pub fn redistribute(self) -> (Stream<T>, Redistribute) {
        (Stream::new(), Redistribute)
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Spreads the pairs of key and value over the workers. The embedded engine has one worker.
    pub fn redistribute(self) -> (KeyedStream<K, V>, Redistribute) {
        (KeyedStream::new(), Redistribute)
    }
}

/// What `redistribute` leaves behind.
#[derive(Clone, Copy, Debug)]
pub struct Redistribute;

impl Redistribute {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T>(&mut self, item: T) -> T {
        item
    }
}
