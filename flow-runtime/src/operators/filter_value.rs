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
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(1..4));
    ///     let keyed = numbers.key_on(|_| 'k');
    ///     let odd = keyed.filter_value(|number| number % 2 != 0);
    ///     odd.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [('k', 1), ('k', 3)]);
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
        blaming(self.step, || (self.predicate)(value))
    }
}
