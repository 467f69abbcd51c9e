//! `EventClock(|item| …, wait_for_system_duration = …)`: time as the items tell it.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Clock, Reading};
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
        Self { time_of, wait: Span::from_delta(wait) }
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

/// What an [`EventClock`] keeps for a key: the watermark was `base` when the system time was
/// `system_at_base`, and has moved on with it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventClockState {
    base: Timestamp,
    system_at_base: Timestamp,
}

impl EventClockState {
    #[inline(always)]
    fn watermark(self, now: Timestamp) -> Timestamp {
        if self.base == Timestamp::MIN { self.base } else { self.base.carried(self.system_at_base, now) }
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

    fn start(&self, now: Timestamp) -> EventClockState {
        EventClockState { base: Timestamp::MIN, system_at_base: now }
    }

    #[inline(always)]
    fn on_item(
        &mut self,
        state: &mut EventClockState,
        value: &V,
        now: Timestamp,
    ) -> Result<Reading, OutOfRange> {
        let timestamp = self.time_of.time_of(value)?;
        let candidate = self.wait.map_or(Timestamp::MIN, |wait| timestamp.saturating_before(wait));
        // The system's time stands still within a batch. But whether an item is the first of its key in its batch is a
        // coin toss, and to add nothing costs less than a wrong guess.
        let watermark = state.watermark(now).max(candidate);
        *state = EventClockState { base: watermark, system_at_base: now };
        Ok(Reading { timestamp, watermark })
    }

    #[inline]
    fn watermark(&self, state: &EventClockState, now: Timestamp) -> Timestamp {
        state.watermark(now)
    }

    #[inline(always)]
    fn due_at_least(
        &self,
        _: &EventClockState,
        watermark: Timestamp,
        now: Timestamp,
        target: Timestamp,
    ) -> Timestamp {
        now.carried_nearby(watermark, target).unwrap_or(Timestamp::MIN)
    }

    #[inline(always)]
    fn due(&self, state: &EventClockState, target: Timestamp) -> Timestamp {
        if state.base == Timestamp::MIN {
            return Timestamp::MAX;
        }
        state.system_at_base.carried(state.base, target)
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
