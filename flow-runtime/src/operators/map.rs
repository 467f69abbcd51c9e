//! `map(|item| …)`: one item for one.

use crate::error::blaming;
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives what `mapper` makes of each item.
    ///
    /// ```text
    /// let next: Stream<U> = stream.map(mapper = impl FnMut(T) -> U);
    /// let next: Stream<U> = keyed.map(mapper = impl FnMut((K, V)) -> U);
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
    ///     let next = numbers.map(|number| number + 1);
    ///     next.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 1), (at(1), 2), (at(2), 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.map`.
    pub fn map<U, F: IsFunction<T, U, M>, M>(self, mapper: F) -> (Stream<U>, Map<F::Itself>) {
        (Stream::new(), Map { step: self.step(), mapper: mapper.itself() })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives what `mapper` makes of each pair of key and value. What comes out has no key; see
    /// [`map_value`](KeyedStream::map_value) to keep it.
    pub fn map<U, F: IsFunction<(K, V), U, M>, M>(self, mapper: F) -> (Stream<U>, Map<F::Itself>) {
        self.pairs().map(mapper)
    }
}

/// What `map` leaves behind.
#[derive(Debug)]
pub struct Map<F> {
    step: StepId,
    mapper: F,
}

impl<F> Map<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T, U>(&mut self, item: T) -> U
    where
        F: FnMut(T) -> U,
    {
        blaming(&self.step, || (self.mapper)(item))
    }
}

/// What `map` takes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not take items of type `{T}`",
    label = "the items of this stream are of type `{T}`"
)]
pub trait IsFunction<T, U, M>: FnMut(T) -> U {
    /// The function.
    type Itself: FnMut(T) -> U;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T, U, F: FnMut(T) -> U> IsFunction<T, U, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, U, F: Never + FnMut(T) -> U> IsFunction<T, U, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
