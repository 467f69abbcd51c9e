//! `join_interval(left, right, clock = …, before = …, after = …)`: pairs of values that are near in time.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use chrono::TimeDelta;

use super::Beginning;
use crate::key::Key;
use crate::keyed::{Emitter, Event, Fate, Keyed, Logic, Marked, Taken};
use crate::known::{Known, Never, Unknown};
use crate::sides::{Side2, Sides};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};
use crate::windows::{Clock, due_at};

impl Beginning {
    /// Pairs each value of the first stream with those of the second that have the same key and are near in time:
    /// at most `before` earlier, and at most `after` later. Both limits belong to the interval.
    ///
    /// ```text
    /// let pairs = join_interval(   // left: KeyedStream<K, A>, right: KeyedStream<K, B>
    ///     left,
    ///     right,
    ///     clock = impl Clock<Side2<A, B>>,
    ///     before = TimeDelta,
    ///     after = TimeDelta,
    /// );
    /// pairs.down: KeyedStream<K, (A, B)>
    /// pairs.late: KeyedStream<K, Side2<A, B>>
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock), with a closure for each of the two
    ///   streams that finds the time of its values, or a [`SystemClock`](crate::windows::SystemClock). Both streams
    ///   of a key share one clock.
    /// * `before`: how much earlier the second value may be; zero or more.
    /// * `after`: how much later the second value may be; zero or more.
    ///
    /// The ports are `down`, the pairs, each when the later of its values arrives, and of several pairs the one with
    /// the earlier partner first; and `late`, the values that came behind the watermark, as variants of [`Side2`].
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let ads = input(TestingSource::new([(at(0), "shoes"), (at(60), "hats")])).key_on(|_| "Ada");
    ///     let clicks = input(TestingSource::new([(at(9), 1), (at(11), 2), (at(65), 3)])).key_on(|_| "Ada");
    ///     let pairs = join_interval(
    ///         ads,
    ///         clicks,
    ///         clock = EventClock(|(time, _)| *time, |(time, _)| *time, wait_for_system_duration = 1min),
    ///         before = 0s,
    ///         after = 10s,
    ///     );
    ///     pairs.down.map_value(|((_, ad), (_, click))| (ad, click)).output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("Ada", ("shoes", 1)), ("Ada", ("hats", 3))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item, and a search among the kept values of the other stream; a clone of both values per
    /// pair. A value is kept until the watermark has passed all that it could be paired with, so what a key keeps is
    /// bounded by `before`, `after` and the clock's wait. A key's watermark is kept for good. Bytewax has no such join.
    ///
    /// # Errors
    /// A negative `before` or `after` is refused: by the compiler where it is a literal, when the flow starts
    /// otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn join_interval<K: Key, S, C, M>(
        self,
        clock: C,
        before: TimeDelta,
        after: TimeDelta,
        _sides: Sides<K, S>,
    ) -> (IntervalStreams<K, S::Left, S::Right>, Keyed<K, JoinIntervalLogic<S::Left, S::Right, C>>)
    where
        S: IsPair<M>,
        C: Clock<Side2<S::Left, S::Right>>,
    {
        let logic = JoinIntervalLogic {
            clock,
            // One that reaches beyond the range of time reaches all of it.
            before: Span::from_delta(before).unwrap_or(Span::MAX),
            after: Span::from_delta(after).unwrap_or(Span::MAX),
            taken: Taken::all(),
            values: PhantomData,
        };
        (IntervalStreams::new(), Keyed::new(self.step(), logic))
    }
}

/// The two streams of `join_interval`.
pub struct IntervalStreams<K, A, B> {
    /// The pairs.
    pub down: KeyedStream<K, (A, B)>,
    /// The values that came too late.
    pub late: KeyedStream<K, Side2<A, B>>,
}

impl<K, A, B> IntervalStreams<K, A, B> {
    fn new() -> Self {
        Self { down: KeyedStream::new(), late: KeyedStream::new() }
    }
}

impl<K, A, B> fmt::Debug for IntervalStreams<K, A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IntervalStreams")
    }
}

/// What `join_interval` emits: on which of its streams, and what.
#[derive(Debug)]
pub enum IntervalEvent<D, L> {
    /// For `down`.
    Down(D),
    /// For `late`.
    Late(L),
}

impl<D, L> Event for IntervalEvent<D, L> {
    type Keyed<K> = IntervalEvent<(K, D), (K, L)>;

    #[inline(always)]
    fn with_key<K>(self, key: K) -> Self::Keyed<K> {
        match self {
            Self::Down(down) => IntervalEvent::Down((key, down)),
            Self::Late(late) => IntervalEvent::Late((key, late)),
        }
    }
}

/// What `join_interval` does with one key.
pub struct JoinIntervalLogic<A, B, C> {
    clock: C,
    before: Span,
    after: Span,
    taken: Taken,
    values: PhantomData<fn(A, B)>,
}

/// What `join_interval` keeps for a key.
#[derive(Debug)]
pub struct Nearby<A, B, C> {
    clock: C,
    left: Waiting<A>,
    right: Waiting<B>,
}

/// The values of one side that may still be paired, in order of time, then of arrival.
#[derive(Debug)]
struct Waiting<V> {
    values: VecDeque<(Timestamp, V)>,
}

impl<V> Waiting<V> {
    fn new() -> Self {
        Self { values: VecDeque::new() }
    }

    fn insert(&mut self, timestamp: Timestamp, value: V) {
        let place = self.values.partition_point(|(earlier, _)| *earlier <= timestamp);
        self.values.insert(place, (timestamp, value));
    }

    /// The values from `first` to `last`.
    fn within(&self, first: Timestamp, last: Timestamp) -> impl Iterator<Item = &V> {
        let begin = self.values.partition_point(|(timestamp, _)| *timestamp < first);
        let near = self.values.iter().skip(begin).take_while(move |(timestamp, _)| *timestamp <= last);
        near.map(|(_, value)| value)
    }

    /// Forgets what is of no use any more once `reach` behind it is in the past.
    fn forget(&mut self, reach: Span, watermark: Timestamp) {
        while self.values.front().is_some_and(|(first, _)| first.saturating_after(reach) < watermark) {
            self.values.pop_front();
        }
    }

    /// The first instant at which something is of no use any more.
    fn next_forgotten(&self, reach: Span) -> Timestamp {
        self.values.front().map_or(Timestamp::MAX, |(first, _)| {
            first.saturating_after(reach).saturating_after(Span::from_nanoseconds(1))
        })
    }
}

impl<A: Clone, B: Clone, C: Clock<Side2<A, B>>> JoinIntervalLogic<A, B, C> {
    /// Pairs a value with those of the other side, and keeps it for those that are to come.
    fn pair(
        &self,
        state: &mut Nearby<A, B, C::State>,
        timestamp: Timestamp,
        value: Side2<A, B>,
        out: &mut Emitter<'_, IntervalEvent<(A, B), Side2<A, B>>>,
    ) {
        let Self { before, after, .. } = *self;
        match value {
            Side2::First(left) => {
                let (first, last) = (timestamp.saturating_before(before), timestamp.saturating_after(after));
                for right in state.right.within(first, last) {
                    out.emit(IntervalEvent::Down((left.clone(), right.clone())));
                }
                state.left.insert(timestamp, left);
            }
            Side2::Second(right) => {
                let (first, last) = (timestamp.saturating_before(after), timestamp.saturating_after(before));
                for left in state.left.within(first, last) {
                    out.emit(IntervalEvent::Down((left.clone(), right.clone())));
                }
                state.right.insert(timestamp, right);
            }
        }
    }

    fn forget(&self, state: &mut Nearby<A, B, C::State>, watermark: Timestamp) {
        state.left.forget(self.after, watermark);
        state.right.forget(self.before, watermark);
    }
}

impl<A: Clone, B: Clone, C: Clock<Side2<A, B>>> Logic for JoinIntervalLogic<A, B, C> {
    type Value = Side2<A, B>;
    type State = Nearby<A, B, C::State>;
    type Rest = ();
    type Event = IntervalEvent<(A, B), Side2<A, B>>;
    type Reading = ();
    type Marks = Marked;

    fn check(&self) -> Result<(), String> {
        for (name, length) in [("before", self.before), ("after", self.after)] {
            if length.nanoseconds() < 0 {
                return Err(format!("`{name}` must not be negative"));
            }
        }
        self.clock.check()
    }

    fn begin(&mut self, now: Timestamp) {
        self.clock.begin(now);
    }

    fn create(&mut self, now: Timestamp) -> Self::State {
        Nearby { clock: self.clock.start(now), left: Waiting::new(), right: Waiting::new() }
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: Side2<A, B>,
        _: Option<()>,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let reading = self.clock.on_item(&mut state.clock, &value, now)?.checked()?;
        self.forget(state, reading.watermark);
        if reading.timestamp >= reading.watermark {
            self.pair(state, reading.timestamp, value, out);
        } else if self.taken.takes_late() {
            out.emit(IntervalEvent::Late(value));
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        let left = state.left.next_forgotten(self.after);
        due_at(&self.clock, &state.clock, left.min(state.right.next_forgotten(self.before)))
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        _: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let watermark = self.clock.watermark(&state.clock, now);
        self.forget(state, watermark);
        Ok(Fate::Keep)
    }

    fn taken(&mut self) -> Option<&mut Taken> {
        Some(&mut self.taken)
    }
}

impl<A, B, C> fmt::Debug for JoinIntervalLogic<A, B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinIntervalLogic")
            .field("before", &self.before)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

/// What the values must be that `join_interval` pairs. Where they are not, rustc knows of no `Left` and `Right`, and
/// says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`join_interval` puts a value into several pairs, which needs values that are `Clone`, and of `{Self}` not both are",
    label = "each pair gets a clone of its values",
    note = "derive `Clone` for the values"
)]
pub trait IsPair<M> {
    /// The first.
    type Left: Clone;
    /// The second.
    type Right: Clone;
}

#[diagnostic::do_not_recommend]
impl<A: Clone, B: Clone> IsPair<Known> for (A, B) {
    type Left = A;
    type Right = B;
}

#[diagnostic::do_not_recommend]
impl<A: Never + Clone, B: Clone> IsPair<Unknown> for (A, B) {
    type Left = A;
    type Right = B;
}
