//! `branch(|item| …)`: two streams out of one.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::filter::IsPredicate;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Parts the items: those for which `predicate` holds, and the others. Both streams keep the order.
    ///
    /// ```text
    /// let (trues, falses) = stream.branch(predicate = impl FnMut(&T) -> bool);       // two of Stream<T>
    /// let (trues, falses) = keyed.branch(predicate = impl FnMut(&(K, V)) -> bool);   // two of KeyedStream<K, V>
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
    ///     let (odd, even) = numbers.branch(|number| number % 2 != 0);
    ///     odd.map(|item| (clock.time(), item)).output(sink);
    ///     even.inspect(|number| println!("{number} is even"));
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(1), 1), (at(3), 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Without the parentheses the two are the ports `trues` and `falses`.
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.branch`.
    pub fn branch<F: IsPredicate<T, M>, M>(self, predicate: F) -> (Branches<Stream<T>>, Branch<F::Itself>) {
        (
            Branches { trues: Stream::new(), falses: Stream::new() },
            Branch { step: self.step(), predicate: predicate.itself() },
        )
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Parts the pairs of key and value: those for which `predicate` holds, and the others.
    pub fn branch<F: IsPredicate<(K, V), M>, M>(
        self,
        predicate: F,
    ) -> (Branches<KeyedStream<K, V>>, Branch<F::Itself>) {
        let branches = Branches { trues: KeyedStream::new(), falses: KeyedStream::new() };
        (branches, Branch { step: self.step(), predicate: predicate.itself() })
    }
}

/// The streams that `branch` gives.
#[derive(Clone, Copy, Debug)]
pub struct Branches<S> {
    /// The items for which the predicate holds.
    pub trues: S,
    /// The others.
    pub falses: S,
}

/// What `branch` leaves behind.
#[derive(Debug)]
pub struct Branch<F> {
    step: StepId,
    predicate: F,
}

/// An item on its way into one of the two streams.
#[derive(Debug)]
pub enum Branched<T> {
    /// The predicate holds.
    Trues(T),
    /// It does not.
    Falses(T),
}

impl<F> Branch<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T>(&mut self, item: T) -> Branched<T>
    where
        F: FnMut(&T) -> bool,
    {
        if blaming(&self.step, || (self.predicate)(&item)) {
            Branched::Trues(item)
        } else {
            Branched::Falses(item)
        }
    }
}
