//! `filter(|item| …)`: some of the items.

use crate::error::blaming;
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Lets the items through for which `predicate` holds.
    ///
    /// ```text
    /// let some: Stream<T> = stream.filter(predicate = impl FnMut(&T) -> bool);
    /// let some: KeyedStream<K, V> = keyed.filter(predicate = impl FnMut(&(K, V)) -> bool);
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
    ///     let odd = numbers.filter(|number| number % 2 != 0);
    ///     odd.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(1), 1), (at(3), 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.filter`.
    pub fn filter<F: IsPredicate<T, M>, M>(self, predicate: F) -> (Stream<T>, Filter<F::Itself>) {
        (Stream::new(), Filter { step: self.step(), predicate: predicate.itself() })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Lets the pairs of key and value through for which `predicate` holds.
    pub fn filter<F: IsPredicate<(K, V), M>, M>(
        self,
        predicate: F,
    ) -> (KeyedStream<K, V>, Filter<F::Itself>) {
        (KeyedStream::new(), Filter { step: self.step(), predicate: predicate.itself() })
    }
}

/// What `filter` leaves behind.
#[derive(Debug)]
pub struct Filter<F> {
    step: StepId,
    predicate: F,
}

impl<F> Filter<F> {
    /// Whether an item goes on.
    #[inline(always)]
    pub fn keeps<T>(&mut self, item: &T) -> bool
    where
        F: FnMut(&T) -> bool,
    {
        blaming(&self.step, || (self.predicate)(item))
    }
}

/// What says of an item whether it goes on.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not say `true` or `false` of items of type `{T}`",
    label = "the items of this stream are of type `{T}`"
)]
pub trait IsPredicate<T, M>: FnMut(&T) -> bool {
    /// The function.
    type Itself: FnMut(&T) -> bool;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T, F: FnMut(&T) -> bool> IsPredicate<T, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, F: Never + FnMut(&T) -> bool> IsPredicate<T, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
