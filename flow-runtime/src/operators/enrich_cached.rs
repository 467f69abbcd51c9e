//! `enrich_cached(getter = |key| …, mapper = |cache, item| …)`: one item for one, with a look-up that is remembered.

use std::fmt;

use chrono::TimeDelta;

use crate::cache::TtlCache;
use crate::engine::Activation;
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::key::Key;
use crate::known::{Known, Never, Unknown};
use crate::stream::{KeyedStream, Stream};
use crate::time::Span;

impl<T> Stream<T> {
    /// Gives what `mapper` makes of each item and a [`TtlCache`], which asks `getter` for what it does not know
    /// and remembers the answer.
    ///
    /// ```text
    /// let more: Stream<U> = stream.enrich_cached(
    ///     getter = impl FnMut(&D) -> E,
    ///     mapper = impl FnMut(&mut TtlCache<D, E, _>, T) -> U,  // on a keyed stream (K, V) instead of T
    ///     ttl = TimeDelta,                                   // left out: as long as there is
    ///     max_size = usize,                                  // left out: no limit
    /// );
    /// ```
    ///
    /// * `getter`: looks a key up, as in `|id: &u32| …`. Its parameter is the only one in a block whose type has to
    ///   be written, unless the closure's own code shows it: nothing in front of it says what the keys are.
    /// * `mapper`: `|cache, item| …`, with `cache.get(&key)` for what belongs to a key.
    /// * `ttl`: for how long an answer is used. One that is older than that is asked for anew; without `ttl`,
    ///   none ever is.
    /// * `max_size`: how many answers are remembered at most. Without it there is **no limit**: the cache
    ///   grows with the keys. Where it is full the oldest answer goes.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// // A price that is different each time somebody asks.
    /// let mut price = 10;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let orders = input(TimedSource::new([(at(0), ("tea", 2)), (at(60), ("tea", 1)), (at(61), ("tea", 1))]));
    ///     let totals = orders.enrich_cached(
    ///         getter = |_: &&str| {
    ///             price += 1;
    ///             price
    ///         },
    ///         mapper = |prices, (what, number)| number * prices.get(&what),
    ///         ttl = 1min,
    ///     );
    ///     totals.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [22, 11, 12]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// A look-up that can fail gives a `Result`, which is remembered like any other answer and is yours to route,
    /// for instance with `try_map`; `cache.remove(&key)` has it asked for anew. The flow waits while `getter`
    /// does its work.
    ///
    /// Cost: one look-up in memory per `get`, `getter`'s own where it is asked, and a clone of the key where that
    /// is new; per key, the key, its answer and about 30 bytes. Bytewax: `op.enrich_cached`, whose cache has no
    /// limit.
    ///
    /// # Errors
    /// A negative `ttl` or a `max_size` of zero is refused: by the compiler where it is a literal, when the flow
    /// starts otherwise.
    pub fn enrich_cached<D: ?Sized, E, G, C, U, F, M, N>(
        self,
        getter: G,
        mapper: F,
        ttl: TimeDelta,
        max_size: usize,
    ) -> (Stream<U>, EnrichCached<C, F::Itself>)
    where
        G: IsGetter<D, E, M, Cache = C>,
        F: IsCachedMapper<C, T, U, N>,
    {
        // A time to live beyond the range of time never passes.
        let ttl = Span::from_delta(ttl).unwrap_or(Span::MAX);
        let cache = getter.cache(ttl, max_size);
        (Stream::new(), EnrichCached { step: self.step(), mapper: mapper.itself(), cache })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives what `mapper` makes of each pair of key and value and a cache. What comes out has no key.
    pub fn enrich_cached<D: ?Sized, E, G, C, U, F, M, N>(
        self,
        getter: G,
        mapper: F,
        ttl: TimeDelta,
        max_size: usize,
    ) -> (Stream<U>, EnrichCached<C, F::Itself>)
    where
        G: IsGetter<D, E, M, Cache = C>,
        F: IsCachedMapper<C, (K, V), U, N>,
    {
        self.pairs().enrich_cached(getter, mapper, ttl, max_size)
    }
}

/// What `enrich_cached` leaves behind.
pub struct EnrichCached<C, F> {
    step: StepId,
    mapper: F,
    cache: C,
}

impl<D, E, G, F> EnrichCached<TtlCache<D, E, G>, F> {
    /// Makes the step ready to run.
    ///
    /// # Errors
    /// When the value of an argument is refused.
    pub fn open(&mut self, _: &Activation) -> Result<(), Failure> {
        self.cache.check().map_err(|why| Failure::start(self.step, why))
    }

    /// Takes an item through.
    #[inline]
    pub fn call<T, U>(&mut self, activation: &Activation, item: T) -> U
    where
        F: FnMut(&mut TtlCache<D, E, G>, T) -> U,
    {
        self.cache.now = activation.now();
        blaming(&self.step, || (self.mapper)(&mut self.cache, item))
    }
}

impl<C, F> fmt::Debug for EnrichCached<C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrichCached").field("step", &self.step).finish_non_exhaustive()
    }
}

/// What `enrich_cached` takes as `getter`. Where it is none, rustc knows of no cache, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not look up keys that a cache can keep",
    label = "this is no look-up of such a key",
    note = "`getter = |key: &Key| …` names the type of the keys, which must be `Eq + Hash + Clone` and of known size: \
            a `String` or a `&'static str`, and no `str`"
)]
pub trait IsGetter<D: ?Sized, E, M>: FnMut(&D) -> E {
    /// What remembers its answers.
    type Cache;

    /// Gives that, with nothing in it.
    fn cache(self, ttl: Span, max_size: usize) -> Self::Cache;
}

#[diagnostic::do_not_recommend]
impl<D: Key, E, G: FnMut(&D) -> E> IsGetter<D, E, Known> for G {
    type Cache = TtlCache<D, E, G>;

    fn cache(self, ttl: Span, max_size: usize) -> Self::Cache {
        TtlCache::new(self, ttl, max_size)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Key, E, G: Never + FnMut(&D) -> E> IsGetter<D, E, Unknown> for G {
    type Cache = TtlCache<D, E, G>;

    fn cache(self, ttl: Span, max_size: usize) -> Self::Cache {
        TtlCache::new(self, ttl, max_size)
    }
}

/// What `enrich_cached` takes as `mapper`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not map a cache and an item of type `{T}`",
    label = "the items of this stream are of type `{T}`",
    note = "`mapper = |cache, item| …` is given a `&mut TtlCache`, and asks it: `cache.get(&key)`"
)]
pub trait IsCachedMapper<C, T, U, M>: FnMut(&mut C, T) -> U {
    /// The function.
    type Itself: FnMut(&mut C, T) -> U;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<C, T, U, F: FnMut(&mut C, T) -> U> IsCachedMapper<C, T, U, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C, T, U, F: Never + FnMut(&mut C, T) -> U> IsCachedMapper<C, T, U, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
