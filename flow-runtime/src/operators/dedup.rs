//! `dedup()`, `dedup(by = |value| …)` and `dedup(within = …)`: each value once under its key.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use chrono::TimeDelta;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::known::{Known, Never, Unknown};
use crate::stream::{Is, KeyedStream};
use crate::time::{OutOfRange, Span, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Lets each value through unless an equal one has been let through under the same key.
    ///
    /// ```text
    /// let once: KeyedStream<K, V> = keyed.dedup(
    ///     by = impl FnMut(&V) -> O,  // left out: the value itself
    ///     within = TimeDelta,        // left out: as long as there is
    /// );
    /// ```
    ///
    /// * `within`: for how long a value that was let through keeps its equals back, in system time; more than
    ///   zero. It counts from the one that was let through, so that of a value that keeps coming one goes through
    ///   every so often.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |minute| start + TimeDelta::minutes(minute);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let alarms = input(TimedSource::new([(at(0), "hot"), (at(1), "wet"), (at(40), "hot"), (at(60), "hot")]));
    ///     let machines = alarms.key_on(|_| "m1");
    ///     let news = machines.dedup(within = 1h);
    ///     news.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [("m1", "hot"), ("m1", "wet"), ("m1", "hot")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Without `within` there is **no limit**: all distinct values of all keys are remembered. With it a value is
    /// forgotten when its time has passed, and a key whose values are all forgotten costs nothing in the long run.
    ///
    /// To compare something else than the values themselves see [`dedup_by`](KeyedStream::dedup_by).
    ///
    /// Cost: two look-ups per item, of the key and of the value, and a clone of each value that goes through; per
    /// value that is remembered, the value and about 30 bytes. Bytewax has no such operator.
    ///
    /// # Errors
    /// A `within` of zero is refused: by the compiler where it is a literal, when the flow starts otherwise.
    pub fn dedup<O, M>(self, within: TimeDelta) -> (KeyedStream<K, V>, Keyed<K, DedupLogic<O, O::Itself>>)
    where
        V: Is<O>,
        O: IsDistinct<O, Whole, M>,
    {
        (KeyedStream::new(), Keyed::new(self.step(), DedupLogic::new(O::itself(Whole), within)))
    }

    /// `dedup(by = |value| …)`: lets each value through unless one has been let through under the same key of which
    /// `by` makes the same. That is anything that is `Eq + Hash`.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let orders = input(TestingSource::new([(1, "tea"), (2, "milk"), (1, "tea, sent again")]));
    ///     let keyed = orders.key_on(|_| "ALL");
    ///     let once = keyed.dedup(by = |(number, _)| *number);
    ///     once.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("ALL", (1, "tea")), ("ALL", (2, "milk"))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// `within` means what it means for [`dedup`](KeyedStream::dedup), and without it there is no limit either.
    ///
    /// Cost: two look-ups and one call of `by` per item; per value that is remembered, what `by` made of it and about
    /// 30 bytes. Bytewax has no such operator.
    ///
    /// # Errors
    /// As for [`dedup`](KeyedStream::dedup).
    pub fn dedup_by<O, M, F>(
        self,
        by: F,
        within: TimeDelta,
    ) -> (KeyedStream<K, V>, Keyed<K, DedupLogic<V, O::Itself>>)
    where
        F: FnMut(&V) -> O,
        O: IsDistinct<V, Part<F, O>, M>,
    {
        let part = Part { by, marks: PhantomData };
        (KeyedStream::new(), Keyed::new(self.step(), DedupLogic::new(O::itself(part), within)))
    }
}

/// What `dedup` does with one key.
pub struct DedupLogic<V, C> {
    marker: C,
    within: Span,
    hasher: RandomState,
    values: PhantomData<fn(V)>,
}

impl<V, C> DedupLogic<V, C> {
    fn new(marker: C, within: TimeDelta) -> Self {
        // A length of time beyond its range never passes.
        let within = Span::from_delta(within).unwrap_or(Span::MAX);
        Self { marker, within, hasher: RandomState::default(), values: PhantomData }
    }
}

/// What has been let through, and is not forgotten yet.
pub struct Seen<R> {
    marks: HashTable<Mark<R>>,
    /// When marks are forgotten, and their hashes, the first in front. Empty where none ever is.
    times: VecDeque<(Timestamp, u64)>,
}

/// What is remembered of a value.
struct Mark<R> {
    mark: R,
    until: Timestamp,
}

impl<R> Seen<R> {
    /// Forgets what has been remembered for long enough.
    #[inline]
    fn forget(&mut self, now: Timestamp) {
        while let Some((_, hash)) = self.times.front().copied().filter(|(until, _)| *until <= now) {
            self.times.pop_front();
            // Of several with one hash, each has its own place among the times.
            if let Ok(mark) = self.marks.find_entry(hash, |mark| mark.until <= now) {
                mark.remove();
            }
        }
    }
}

impl<V, C: Marker<V>> Logic for DedupLogic<V, C> {
    type Value = V;
    type State = Seen<C::Mark>;
    type Rest = ();
    type Event = Item<V>;
    type Reading = ();
    type Marks = Marked;

    fn check(&self) -> Result<(), String> {
        if self.within.nanoseconds() <= 0 {
            return Err("`within` must be more than zero".to_owned());
        }
        Ok(())
    }

    fn create(&mut self, _: Timestamp) -> Seen<C::Mark> {
        Seen { marks: HashTable::new(), times: VecDeque::new() }
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Seen<C::Mark>,
        value: V,
        _: Option<()>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<V>>,
    ) -> Result<Fate, OutOfRange> {
        state.forget(now);
        let (mark, rest) = self.marker.take_apart(value);
        let hash = self.hasher.hash_one(&mark);
        let hash_of = |known: &Mark<C::Mark>| self.hasher.hash_one(&known.mark);
        if let Entry::Vacant(place) = state.marks.entry(hash, |known| known.mark == mark, hash_of) {
            out.emit(Item(C::put_together(&mark, rest)));
            let until = now.due_in(self.within);
            place.insert(Mark { mark, until });
            if until < Timestamp::MAX {
                state.times.push_back((until, hash));
            }
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn is_resting(&self, state: &Seen<C::Mark>) -> bool {
        state.marks.is_empty()
    }

    #[inline]
    fn due(&self, state: &Seen<C::Mark>) -> Timestamp {
        state.times.front().map_or(Timestamp::MAX, |(until, _)| *until)
    }

    fn on_due(
        &mut self,
        state: &mut Seen<C::Mark>,
        now: Timestamp,
        _: &mut Emitter<'_, Item<V>>,
    ) -> Result<Fate, OutOfRange> {
        state.forget(now);
        Ok(Fate::Keep)
    }
}

impl<V, C> fmt::Debug for DedupLogic<V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DedupLogic").field("within", &self.within).finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for Seen<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen").field("marks", &self.marks.len()).finish_non_exhaustive()
    }
}

/// What values are told apart by.
pub trait Marker<V> {
    /// That.
    type Mark: Eq + Hash;
    /// What else there is of a value.
    type Rest;

    /// Takes a value apart.
    fn take_apart(&mut self, value: V) -> (Self::Mark, Self::Rest);

    /// Makes the value whose mark is to be kept.
    fn put_together(mark: &Self::Mark, rest: Self::Rest) -> V;
}

/// Tells values apart by the values themselves.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

impl<V: Eq + Hash + Clone> Marker<V> for Whole {
    type Mark = V;
    type Rest = ();

    #[inline]
    fn take_apart(&mut self, value: V) -> (V, ()) {
        (value, ())
    }

    #[inline]
    fn put_together(mark: &V, (): ()) -> V {
        mark.clone()
    }
}

/// Tells values apart by what a closure makes of them.
pub struct Part<F, O> {
    by: F,
    marks: PhantomData<fn() -> O>,
}

impl<V, O: Eq + Hash, F: FnMut(&V) -> O> Marker<V> for Part<F, O> {
    type Mark = O;
    type Rest = V;

    #[inline]
    fn take_apart(&mut self, value: V) -> (O, V) {
        ((self.by)(&value), value)
    }

    #[inline]
    fn put_together(_: &O, rest: V) -> V {
        rest
    }
}

impl<F, O> fmt::Debug for Part<F, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Part")
    }
}

/// What `dedup` tells values apart by. Where that cannot be, rustc knows of no `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`dedup` cannot tell one `{Self}` from another: it must be `Eq + Hash`, and `Clone` where there is no \
               `by`",
    label = "this compares values of type `{Self}`",
    note = "derive `PartialEq, Eq, Hash, Clone` for it, or say what to compare: `by = |value| …`"
)]
pub trait IsDistinct<V, C, M> {
    /// What tells values apart.
    type Itself: Marker<V>;

    /// Gives what tells values apart.
    fn itself(marker: C) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<O: Eq + Hash, V, C: Marker<V>> IsDistinct<V, C, Known> for O {
    type Itself = C;

    fn itself(marker: C) -> C {
        marker
    }
}

#[diagnostic::do_not_recommend]
impl<O: Never + Eq + Hash, V, C: Marker<V>> IsDistinct<V, C, Unknown> for O {
    type Itself = C;

    fn itself(marker: C) -> C {
        marker
    }
}
