//! `filter_map(|item| …)`: one item for one, or none.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::map::IsFunction;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives what `mapper` makes of an item where that is `Some`.
    ///
    /// ```text
    /// let some: Stream<U> = stream.filter_map(mapper = impl FnMut(T) -> Option<U>);
    /// let some: Stream<U> = keyed.filter_map(mapper = impl FnMut((K, V)) -> Option<U>);
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
    ///     let numbers = input(TimedSource::new((0..6).map(|number| (at(number), number))));
    ///     let next = numbers.filter_map(|number| (number % 2 == 0).then(|| number + 1));
    ///     next.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 1), (at(2), 3), (at(4), 5)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.filter_map`.
    pub fn filter_map<U, F: IsFunction<T, Option<U>, M>, M>(
        self,
        mapper: F,
    ) -> (Stream<U>, FilterMap<F::Itself>) {
        (Stream::new(), FilterMap { step: self.step(), mapper: mapper.itself() })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives what `mapper` makes of a pair of key and value where that is `Some`. What comes out has no
    /// key; see [`filter_map_value`](KeyedStream::filter_map_value) to keep it.
    pub fn filter_map<U, F: IsFunction<(K, V), Option<U>, M>, M>(
        self,
        mapper: F,
    ) -> (Stream<U>, FilterMap<F::Itself>) {
        self.pairs().filter_map(mapper)
    }
}

/// What `filter_map` leaves behind.
#[derive(Debug)]
pub struct FilterMap<F> {
    step: StepId,
    mapper: F,
}

impl<F> FilterMap<F> {
    /// Takes an item through, or not.
    #[inline(always)]
    pub fn call<T, U>(&mut self, item: T) -> Option<U>
    where
        F: FnMut(T) -> Option<U>,
    {
        blaming(&self.step, || (self.mapper)(item))
    }
}
