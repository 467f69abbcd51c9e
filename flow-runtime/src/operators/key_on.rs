//! `key_on(|item| …)`: gives each item a key.

use crate::error::blaming;
use crate::graph::StepId;
use crate::key::IsKey;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives each item the key that `key` finds for it. Keys are of any type that is `Eq + Hash + Clone`.
    ///
    /// ```text
    /// let keyed: KeyedStream<L, T> = stream.key_on(key = impl FnMut(&T) -> L);
    /// let keyed: KeyedStream<L, (K, V)> = keyed.key_on(key = impl FnMut(&(K, V)) -> L);
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
    ///     keyed.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(5, (at(0), "apple")), (4, (at(5), "bean"))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.key_on`, whose keys are strings.
    pub fn key_on<L: IsKey<F, M, Itself = K, Getter = G>, K, G, M, F: FnMut(&T) -> L>(
        self,
        key: F,
    ) -> (KeyedStream<K, T>, KeyOn<G>) {
        (KeyedStream::new(), KeyOn { step: self.step(), key: L::getter(key) })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives each pair of key and value a key of its own; the old one stays in the pair.
    pub fn key_on<L: IsKey<F, M, Itself = J, Getter = G>, J, G, M, F: FnMut(&(K, V)) -> L>(
        self,
        key: F,
    ) -> (KeyedStream<J, (K, V)>, KeyOn<G>) {
        self.pairs().key_on(key)
    }
}

/// What `key_on` leaves behind.
#[derive(Debug)]
pub struct KeyOn<F> {
    step: StepId,
    key: F,
}

impl<F> KeyOn<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T, K>(&mut self, item: T) -> (K, T)
    where
        F: FnMut(&T) -> K,
    {
        (blaming(&self.step, || (self.key)(&item)), item)
    }
}
