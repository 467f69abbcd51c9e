//! `try_map(|item| …)`: what works, and what does not.

use crate::error::blaming;
use crate::graph::StepId;
use crate::operators::map::IsFunction;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives what `mapper` makes of each item: the `ok` stream where that works, the `err` stream where it does not.
    ///
    /// ```text
    /// let (ok, err) = stream.try_map(mapper = impl FnMut(T) -> Result<U, E>);       // Stream<U>, Stream<E>
    /// let (ok, err) = keyed.try_map(mapper = impl FnMut((K, V)) -> Result<U, E>);   // Stream<U>, Stream<E>
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
    ///     let words = input(TimedSource::new([(at(1), "1"), (at(2), "x"), (at(3), "3")]));
    ///     let parsed = words.try_map(|word| word.parse::<u32>());
    ///     parsed.ok.map(|item| (clock.time(), item)).output(sink);
    ///     parsed.err.inspect(|error| eprintln!("{error}"));
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(1), 1), (at(3), 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Both have to be taken: nothing is dropped in silence. `let (ok, err) = …` works too.
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax has no such operator: there an exception ends the run.
    pub fn try_map<U, E, F: IsFunction<T, Result<U, E>, M>, M>(
        self,
        mapper: F,
    ) -> (Tried<U, E>, TryMap<F::Itself>) {
        (
            Tried { ok: Stream::new(), err: Stream::new() },
            TryMap { step: self.step(), mapper: mapper.itself() },
        )
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives what `mapper` makes of each pair of key and value, in two streams without a key.
    pub fn try_map<U, E, F: IsFunction<(K, V), Result<U, E>, M>, M>(
        self,
        mapper: F,
    ) -> (Tried<U, E>, TryMap<F::Itself>) {
        self.pairs().try_map(mapper)
    }
}

/// The streams that `try_map` gives.
#[derive(Clone, Copy, Debug)]
pub struct Tried<U, E> {
    /// What worked.
    pub ok: Stream<U>,
    /// What did not.
    pub err: Stream<E>,
}

/// What `try_map` leaves behind.
#[derive(Debug)]
pub struct TryMap<F> {
    step: StepId,
    mapper: F,
}

impl<F> TryMap<F> {
    /// Takes an item through.
    ///
    /// # Errors
    /// What the closure says.
    #[inline(always)]
    pub fn call<T, U, E>(&mut self, item: T) -> Result<U, E>
    where
        F: FnMut(T) -> Result<U, E>,
    {
        blaming(&self.step, || (self.mapper)(item))
    }
}
