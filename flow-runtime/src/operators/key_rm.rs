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
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TestingSource::new(["apple", "bean"]));
    ///     let keyed = words.key_on(|word| word.len());
    ///     let plain = keyed.key_rm();
    ///     plain.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), ["apple", "bean"]);
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
