//! `collect(timeout = …, max_size = …)` and `collect(idle_timeout = …, max_size = …)`: lists of a key's values.

use std::hint::select_unpredictable;
use std::marker::PhantomData;

use chrono::TimeDelta;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Keyed, Logic, Look, Marked};
use crate::list::List;
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gathers the values of each key into lists. A list is given when it has `max_size` items, when
    /// `timeout` has passed since its **first** item, or at the end of input.
    ///
    /// ```text
    /// let lists: KeyedStream<K, List<V>> = keyed.collect(
    ///     timeout = TimeDelta,       // left out, beside `idle_timeout`: as long as there is
    ///     max_size = usize,
    ///     idle_timeout = TimeDelta,  // left out: as long as there is
    /// );
    /// ```
    ///
    /// * `timeout`: how long an item waits at most; more than zero.
    /// * `max_size`: how many items make a list full; at least one.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let letters = input(TimedSource::new([(at(0), 'a'), (at(9), 'b'), (at(10), 'c'), (at(11), 'd')]));
    ///     let keyed = letters.key_on(|_| "ALL");
    ///     let lists = keyed.collect(timeout = 10s, max_size = 3);
    ///     lists.map_value(|list| list.into_vec()).output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [("ALL", vec!['a', 'b', 'c']), ("ALL", vec!['d'])]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// For a timeout that every item restarts see [`collect_idle`](KeyedStream::collect_idle).
    ///
    /// Cost: one look-up per item; a key without a list costs nothing in the long run. Bytewax:
    /// `op.collect`, where, against its documentation, every item restarts the timeout.
    ///
    /// # Errors
    /// A `timeout` or `max_size` of zero is refused: by the compiler where it is a literal, when the flow
    /// starts otherwise.
    pub fn collect(
        self,
        timeout: TimeDelta,
        max_size: usize,
    ) -> (KeyedStream<K, List<V>>, Keyed<K, CollectLogic<V, FromFirst>>) {
        // A timeout beyond the range of time never comes.
        let timeout = Span::from_delta(timeout).unwrap_or(Span::MAX);
        let patience = FromFirst { timeout, due: Timestamp::MAX };
        let logic = CollectLogic { patience, max_size, values: PhantomData };
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }

    /// `collect(idle_timeout = …, max_size = …)`: gathers the values of each key into lists. A list is given when
    /// it has `max_size` items, when `idle_timeout` has passed since its **last** item, when `timeout` has passed
    /// since its first, where that is written too, or at the end of input.
    ///
    /// * `idle_timeout`: how long an item waits for another; more than zero.
    /// * `timeout`: how long an item waits at most; more than zero. Without it, an item waits for as long as others
    ///   keep coming.
    /// * `max_size`: how many items make a list full; at least one.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let letters = input(TimedSource::new([(at(0), 'a'), (at(9), 'b'), (at(18), 'c'), (at(30), 'd')]));
    ///     let keyed = letters.key_on(|_| "ALL");
    ///     let lists = keyed.collect(idle_timeout = 10s, max_size = 100);
    ///     lists.map_value(|list| list.into_vec()).output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [("ALL", vec!['a', 'b', 'c']), ("ALL", vec!['d'])]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: that of [`collect`](KeyedStream::collect), and eight bytes more per key. Bytewax: `op.collect`, whose
    /// `timeout` this is.
    ///
    /// # Errors
    /// A `timeout`, `idle_timeout` or `max_size` of zero is refused: by the compiler where it is a literal, when
    /// the flow starts otherwise.
    pub fn collect_idle(
        self,
        timeout: TimeDelta,
        max_size: usize,
        idle_timeout: TimeDelta,
    ) -> (KeyedStream<K, List<V>>, Keyed<K, CollectLogic<V, FromLast>>) {
        let patience = FromLast {
            timeout: Span::from_delta(timeout).unwrap_or(Span::MAX),
            idle_timeout: Span::from_delta(idle_timeout).unwrap_or(Span::MAX),
        };
        let logic = CollectLogic { patience, max_size, values: PhantomData };
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}

/// What `collect` does with one key.
#[derive(Debug)]
pub struct CollectLogic<V, P> {
    patience: P,
    max_size: usize,
    values: PhantomData<fn(V)>,
}

/// A list that is not full yet, and how long it will wait.
#[derive(Debug)]
pub struct Gathering<V, W> {
    list: List<V>,
    wait: W,
}

impl<V, P: Patience> CollectLogic<V, P> {
    /// Adds an item, and emits what is full. Says whether it is the first of its list.
    #[inline(always)]
    fn gather(
        &mut self,
        state: &mut Gathering<V, P::Wait>,
        value: V,
        now: Timestamp,
        out: &mut Emitter<'_, List<V>>,
    ) -> bool {
        let is_first = out.gather(&mut state.list, self.max_size, value);
        state.wait = self.patience.on_item(state.wait, is_first, now);
        is_first
    }
}

impl<V, P: Patience> Logic for CollectLogic<V, P> {
    type Value = V;
    type State = Gathering<V, P::Wait>;
    type Rest = ();
    type Event = List<V>;
    type Reading = ();
    type Marks = Marked;

    /// All of what most items need. Not at once: what lists need fills the processor, and look-ups would not overlap.
    const LOOKS: bool = true;
    const AT_ONCE: bool = false;

    fn check(&self) -> Result<(), String> {
        if self.max_size == 0 {
            return Err("`max_size` must be at least 1".to_owned());
        }
        self.patience.check()
    }

    fn begin(&mut self, now: Timestamp) {
        self.patience.begin(now);
    }

    #[inline]
    fn create(&mut self, _: Timestamp) -> Self::State {
        Gathering { list: List::new(), wait: P::NOT_WAITING }
    }

    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Option<Self::State>,
        value: V,
        (now, _): (Timestamp, Timestamp),
        out: &mut Emitter<'_, List<V>>,
    ) -> Result<Look<V, ()>, OutOfRange> {
        let Some(state) = state else { return Ok(Look::Left(value, None)) };
        let begins = self.gather(state, value, now, out);
        // Where the list is full nothing is due: then this is earlier than need be.
        Ok(Look::Taken { begins, due: P::due(state.wait) })
    }

    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: V,
        _: Option<()>,
        now: Timestamp,
        out: &mut Emitter<'_, List<V>>,
    ) -> Result<Fate, OutOfRange> {
        self.gather(state, value, now, out);
        Ok(Fate::Keep)
    }

    #[inline]
    fn is_resting(&self, state: &Self::State) -> bool {
        state.list.is_empty()
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        if state.list.is_empty() { Timestamp::MAX } else { P::due(state.wait) }
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, List<V>>,
    ) -> Result<Fate, OutOfRange> {
        out.emit(std::mem::take(&mut state.list));
        Ok(Fate::Keep)
    }

    fn on_end(
        &mut self,
        state: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, List<V>>,
    ) -> Result<Fate, OutOfRange> {
        out.emit(std::mem::take(&mut state.list));
        Ok(Fate::Drop)
    }
}

/// How long a list waits.
pub trait Patience {
    /// What is kept of that for a list.
    type Wait: Copy;
    /// The wait of a list without items.
    const NOT_WAITING: Self::Wait;

    /// Refuses lengths that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String>;

    /// The time is `now` until this is called again.
    fn begin(&mut self, _now: Timestamp) {}

    /// The wait of a list that an item comes to, the first or another.
    fn on_item(&self, wait: Self::Wait, is_first: bool, now: Timestamp) -> Self::Wait;

    /// When the wait is over.
    fn due(wait: Self::Wait) -> Timestamp;
}

/// A list waits from its first item.
#[derive(Clone, Copy, Debug)]
pub struct FromFirst {
    timeout: Span,
    /// When the wait is over of what begins at the time at hand.
    due: Timestamp,
}

impl Patience for FromFirst {
    type Wait = Timestamp;
    const NOT_WAITING: Timestamp = Timestamp::MAX;

    fn check(&self) -> Result<(), String> {
        check_length("timeout", self.timeout)
    }

    fn begin(&mut self, now: Timestamp) {
        self.due = now.due_in(self.timeout);
    }

    #[inline(always)]
    fn on_item(&self, due: Timestamp, is_first: bool, _: Timestamp) -> Timestamp {
        select_unpredictable(is_first, self.due, due)
    }

    #[inline]
    fn due(due: Timestamp) -> Timestamp {
        due
    }
}

/// A list waits from its last item, and no longer than it may from its first.
#[derive(Clone, Copy, Debug)]
pub struct FromLast {
    idle_timeout: Span,
    timeout: Span,
}

/// How long a list waits from its last item.
#[derive(Clone, Copy, Debug)]
pub struct Lingering {
    due: Timestamp,
    /// When its first item has waited for as long as it may.
    latest: Timestamp,
}

impl Patience for FromLast {
    type Wait = Lingering;
    const NOT_WAITING: Lingering = Lingering { due: Timestamp::MAX, latest: Timestamp::MAX };

    fn check(&self) -> Result<(), String> {
        check_length("timeout", self.timeout)?;
        check_length("idle_timeout", self.idle_timeout)
    }

    #[inline(always)]
    fn on_item(&self, wait: Lingering, is_first: bool, now: Timestamp) -> Lingering {
        let latest = if is_first { now.due_in(self.timeout) } else { wait.latest };
        Lingering { due: latest.min(now.due_in(self.idle_timeout)), latest }
    }

    #[inline]
    fn due(wait: Lingering) -> Timestamp {
        wait.due
    }
}

fn check_length(name: &str, length: Span) -> Result<(), String> {
    if length.nanoseconds() <= 0 { Err(format!("`{name}` must be more than zero")) } else { Ok(()) }
}
