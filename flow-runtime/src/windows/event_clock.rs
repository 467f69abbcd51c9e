//! `EventClock(|item| …, wait_for_system_duration = …)`: time as the items tell it.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Clock, InTime, Reading};
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};

/// Time as the items tell it: the watermark of a key is the latest timestamp it has seen, less
/// `wait_for_system_duration`, and moves on with the system clock while no item comes.
///
/// ```text
/// EventClock(
///     ts_getter = impl FnMut(&V) -> DateTime<Utc>,  // or Timestamp; in a join one for each stream
///     wait_for_system_duration = TimeDelta,
/// )
/// ```
///
/// An item whose timestamp is before the watermark is late. Its own timestamp counts first, so the latest
/// item is never late.
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
/// # let late_sink = CollectingSink::new();
/// # let late_items = late_sink.collected();
/// let flow = dataflow! {
///     // When each comes, and the second that it tells of.
///     let seconds = input(TimedSource::new([(at(3), 3), (at(4), 1), (at(9), 9), (at(30), 5)]));
///     let keyed = seconds.key_on(|_| 'k');
///     let windows = keyed.collect_window(
///         clock = EventClock(|second| start + TimeDelta::seconds(*second), wait_for_system_duration = 5s),
///         windower = TumblingWindower(length = 10s, align_to = start),
///     );
///     windows.down.map_value(|(window, list)| (clock.time(), window, list.into_vec())).output(sink);
///     windows.late.output(late_sink);
/// };
/// flow.run_in(time)?;
/// // The watermark was 4 at 9, and reaches the window's end six seconds later. At 30 it is 25.
/// assert_eq!(items.take(), [('k', (at(15), 0, vec![1, 3, 9]))]);
/// assert_eq!(late_items.take(), [('k', (0, 5))]);
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: the closure's own and a few comparisons per item; per key two words, which are kept for good unless
/// `forget_keys_after` says how long. Bytewax: `EventClock`, which takes event time for system time when it asks
/// to be woken, and so spins.
///
/// # Errors
/// A negative `wait_for_system_duration` is refused: by the compiler where it is a literal, when the flow starts
/// otherwise. A timestamp outside 1678–2261 ends the run.
pub struct EventClock<F> {
    time_of: F,
    /// None where it is longer than time.
    wait: Option<Span>,
    /// The system's time when the run began.
    origin: Option<Timestamp>,
    now: Now,
}

/// What most items need of the time at hand.
#[derive(Clone, Copy, Debug)]
struct Now {
    /// The first time from which on an item's is later than all that is taken off it here. [`Timestamp::MAX`] where that
    /// is longer than time.
    earliest: Timestamp,
    /// How long the run has taken.
    elapsed: Span,
    wait: Span,
    origin: Timestamp,
}

impl Now {
    const NONE: Self = Self {
        earliest: Timestamp::MAX,
        elapsed: Span::from_nanoseconds(0),
        wait: Span::from_nanoseconds(0),
        origin: Timestamp::MIN,
    };

    /// None where lengths are longer than time.
    fn new(now: Timestamp, origin: Timestamp, wait: Option<Span>) -> Option<Self> {
        let (elapsed, wait) = (now.since_exactly(origin)?, wait?);
        let behind = elapsed.nanoseconds().checked_add(wait.nanoseconds())?;
        let earliest = Timestamp::MIN.after(Span::from_nanoseconds(behind.checked_add(1)?)).ok()?;
        Some(Self { earliest, elapsed, wait, origin })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// The clock of this stream's items. `time_of` finds an item's time; `wait` is how long an item may
    /// come behind a later one without being late.
    #[doc(hidden)]
    pub fn event_clock<T, F, M>(self, time_of: F, wait: TimeDelta) -> EventClock<T::Getter>
    where
        T: IsTimeOf<V, F, M>,
        F: FnMut(&V) -> T,
    {
        EventClock::new(T::getter(time_of), wait)
    }
}

impl<F> EventClock<F> {
    pub(super) fn new(time_of: F, wait: TimeDelta) -> Self {
        Self { time_of, wait: Span::from_delta(wait), origin: None, now: Now::NONE }
    }
}

/// What the function of an [`EventClock`] gives: a `DateTime<Utc>`, or a [`Timestamp`].
pub trait EventTime {
    /// The instant.
    ///
    /// # Errors
    /// When it is before 1678 or after 2261.
    fn instant(self) -> Result<Timestamp, OutOfRange>;
}

impl EventTime for DateTime<Utc> {
    #[inline]
    fn instant(self) -> Result<Timestamp, OutOfRange> {
        Timestamp::try_from(self)
    }
}

impl EventTime for Timestamp {
    #[inline]
    fn instant(self) -> Result<Timestamp, OutOfRange> {
        Ok(self)
    }
}

/// What finds the time of a value: a function of it.
pub trait FindsTime<V> {
    /// The time of `value`.
    ///
    /// # Errors
    /// When it is before 1678 or after 2261.
    fn time_of(&mut self, value: &V) -> Result<Timestamp, OutOfRange>;
}

impl<V, T: EventTime, F: FnMut(&V) -> T> FindsTime<V> for F {
    #[inline]
    fn time_of(&mut self, value: &V) -> Result<Timestamp, OutOfRange> {
        self(value).instant()
    }
}

/// What an [`EventClock`] keeps for a key: the watermark less the time that the run has taken, so that it goes on with the
/// system's clock while nothing is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventClockState {
    /// [`Timestamp::MIN`] where there is none, or it is before all time.
    base: Timestamp,
    /// How many nanoseconds it is before all time, where it is.
    before: u64,
}

impl EventClockState {
    const NONE: Self = Self { base: Timestamp::MIN, before: u64::MAX };

    /// The base, wherever it is.
    fn far_base(self) -> Option<i128> {
        let far = i128::from(i64::MIN) - i128::from(self.before);
        match self {
            Self::NONE => None,
            Self { base: Timestamp::MIN, .. } => Some(far),
            Self { base, .. } => Some(base.nanoseconds().into()),
        }
    }

    fn of_far_base(base: i128) -> Self {
        let before = u64::try_from(i128::from(i64::MIN) - base).unwrap_or(0);
        Self { base: Timestamp::nearest(base), before }
    }

    #[cold]
    fn far_watermark(self, origin: Timestamp, now: Timestamp) -> Timestamp {
        self.far_base().map_or(Timestamp::MIN, |base| Timestamp::nearest(base + now.since_in_full(origin)))
    }
}

impl<F> EventClock<F> {
    /// What the clock makes of an item near the ends of time, or where a length of time is longer than it.
    #[cold]
    fn read_far(&self, state: &mut EventClockState, timestamp: Timestamp, now: Timestamp) -> Reading {
        let origin = self.origin.unwrap_or(now);
        let candidate = self.wait.and_then(|wait| timestamp.before(wait));
        if let Some(candidate) = candidate.filter(|candidate| *candidate > Timestamp::MIN) {
            let base = i128::from(candidate.nanoseconds()) - now.since_in_full(origin);
            *state = EventClockState::of_far_base(state.far_base().map_or(base, |earlier| earlier.max(base)));
        }
        Reading { timestamp, watermark: state.far_watermark(origin, now) }
    }
}

impl<V, F: FindsTime<V>> Clock<V> for EventClock<F> {
    type State = EventClockState;

    fn check(&self) -> Result<(), String> {
        match self.wait {
            Some(wait) if wait.nanoseconds() < 0 => {
                Err("`wait_for_system_duration` must not be negative".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, now: Timestamp) {
        let origin = *self.origin.get_or_insert(now);
        self.now = Now::new(now, origin, self.wait).unwrap_or(Now::NONE);
    }

    fn start(&self, _: Timestamp) -> EventClockState {
        EventClockState::NONE
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut EventClockState,
        value: &V,
        now: Timestamp,
    ) -> Result<Reading, OutOfRange> {
        self.look(state, value, now)
            .map(|item| item.map_or_else(|late| late, |item| item.reading(self, state, now)))
    }

    #[inline(always)]
    fn look(
        &mut self,
        state: &mut EventClockState,
        value: &V,
        now: Timestamp,
    ) -> Result<Result<InTime, Reading>, OutOfRange> {
        let timestamp = self.time_of.time_of(value)?;
        let Now { earliest, elapsed, wait, .. } = self.now;
        if timestamp >= earliest {
            let at = timestamp.nanoseconds().wrapping_sub(elapsed.nanoseconds());
            let candidate = Timestamp::from_nanoseconds(at.wrapping_sub(wait.nanoseconds()));
            let at = Timestamp::from_nanoseconds(at);
            // Whether an item of a disorderly stream takes its key's watermark with it is a coin toss, so it is no branch.
            let base = state.base.max(candidate);
            state.base = base;
            if at >= base {
                return Ok(Ok(InTime { timestamp, is_reached: at == base, watermark: None }));
            }
        }
        Ok(Err(self.read_far(state, timestamp, now)))
    }

    #[inline]
    fn watermark(&self, state: &EventClockState, now: Timestamp) -> Timestamp {
        // Nearly always that is an instant.
        if self.now.earliest < Timestamp::MAX
            && state.base > Timestamp::MIN
            && let Some(watermark) = state.base.nanoseconds().checked_add(self.now.elapsed.nanoseconds())
        {
            return Timestamp::from_nanoseconds(watermark);
        }
        state.far_watermark(self.origin.unwrap_or(now), now)
    }

    #[inline(always)]
    fn stays_behind(
        &self,
        state: &EventClockState,
        _: InTime,
        (_, then): (Timestamp, Timestamp),
        target: Timestamp,
    ) -> bool {
        // Then more time will have passed than now, so that nothing else is to be compared.
        match (target.since_exactly(state.base), then.since_exactly(self.now.origin)) {
            (Some(passes), Some(passed)) => passes >= passed,
            _ => false,
        }
    }

    #[inline]
    fn due(&self, state: &EventClockState, target: Timestamp) -> Timestamp {
        let Some(origin) = self.origin else { return Timestamp::MAX };
        if state.base > Timestamp::MIN {
            return origin.carried(state.base, target);
        }
        let ends = i128::from(origin.nanoseconds()) + i128::from(target.nanoseconds());
        let due = |base| Timestamp::nearest(ends - base);
        state.far_base().map_or(Timestamp::MAX, due)
    }
}

impl<F> fmt::Debug for EventClock<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventClock").field("wait", &self.wait).finish_non_exhaustive()
    }
}

/// What the function of an [`EventClock`] gives: an [`EventTime`]. Where it is none, rustc knows of no
/// `Getter`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the time of an event",
    label = "this gives the time",
    note = "an `EventClock` takes a `chrono::DateTime<Utc>` or a `flow::time::Timestamp`"
)]
pub trait IsTimeOf<V, F, M> {
    /// The function.
    type Getter: FnMut(&V) -> Self;

    /// Gives the function.
    fn getter(time_of: F) -> Self::Getter;
}

#[diagnostic::do_not_recommend]
impl<V, T: EventTime, F: FnMut(&V) -> T> IsTimeOf<V, F, Known> for T {
    type Getter = F;

    fn getter(time_of: F) -> F {
        time_of
    }
}

#[diagnostic::do_not_recommend]
impl<V, T: Never + EventTime, F: FnMut(&V) -> T> IsTimeOf<V, F, Unknown> for T {
    type Getter = F;

    fn getter(time_of: F) -> F {
        time_of
    }
}
