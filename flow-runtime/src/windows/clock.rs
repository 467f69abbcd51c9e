//! What a window step knows of time, per key.

use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// Tells the time of items, and how far time has come: the watermark. One per key; the step keeps the
/// state, the clock is the same for all.
///
/// A clock of your own is written where a clock of the library would be:
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{DateTime, TimeDelta};
/// use flow::time::{OutOfRange, Timestamp};
/// use flow::windows::{Clock, Reading};
///
/// /// Items are a second apart, whatever the system's clock says.
/// struct Ticks;
///
/// impl<V> Clock<V> for Ticks {
///     type State = i64;
///
///     fn start(&self, _: Timestamp) -> i64 {
///         0
///     }
///
///     fn on_item(&mut self, items: &mut i64, _: &V, _: Timestamp) -> Result<Reading, OutOfRange> {
///         let timestamp = Timestamp::from_nanoseconds(*items * 1_000_000_000);
///         *items += 1;
///         Ok(Reading { timestamp, watermark: timestamp })
///     }
///
///     /// Where the last item was.
///     fn watermark(&self, items: &i64, _: Timestamp) -> Timestamp {
///         Timestamp::from_nanoseconds((*items - 1) * 1_000_000_000)
///     }
///
///     /// Never: only items move it.
///     fn due(&self, _: &i64, _: Timestamp) -> Timestamp {
///         Timestamp::MAX
///     }
/// }
///
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let letters = input(TestingSource::new(['a', 'b', 'c', 'd']));
///     let keyed = letters.key_on(|_| "ALL");
///     let lists = keyed.collect_window(
///         clock = Ticks,
///         windower = TumblingWindower(length = 3s, align_to = DateTime::UNIX_EPOCH),
///     );
///     lists.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
/// };
/// flow.run()?;
/// assert_eq!(items.take(), [("ALL", (0, vec!['a', 'b', 'c'])), ("ALL", (1, vec!['d']))]);
/// # Ok::<(), flow::Error>(())
/// ```
pub trait Clock<V> {
    /// What is kept for a key.
    type State;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// The state of a key whose first item comes at `now`.
    fn start(&self, now: Timestamp) -> Self::State;

    /// Takes an item: its timestamp, and the watermark with the item in view.
    ///
    /// # Errors
    /// When the timestamp is out of the range of time.
    fn on_item(&mut self, state: &mut Self::State, value: &V, now: Timestamp) -> Result<Reading, OutOfRange>;

    /// The watermark at `now`.
    fn watermark(&self, state: &Self::State, now: Timestamp) -> Timestamp;

    /// When, in system time, the watermark reaches the instant `target` if no item comes: [`Timestamp::MAX`] for never.
    /// It is asked of keys that have had an item.
    fn due(&self, state: &Self::State, target: Timestamp) -> Timestamp;

    /// The time is `now` until this is called again.
    #[doc(hidden)]
    fn begin(&mut self, _now: Timestamp) {}

    /// What [`on_item`](Clock::on_item) does, but that of an item that is not late, as most are, less has to be found out.
    /// What is given of it as a reading may be late or not.
    ///
    /// # Errors
    /// When the timestamp is out of the range of time.
    #[doc(hidden)]
    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Self::State,
        value: &V,
        now: Timestamp,
    ) -> Result<Result<InTime, Reading>, OutOfRange> {
        let reading = self.on_item(state, value, now)?;
        let Reading { timestamp, watermark } = reading;
        Ok(if timestamp < watermark {
            Err(reading)
        } else {
            Ok(InTime { timestamp, is_reached: timestamp == watermark, watermark: Some(watermark) })
        })
    }

    /// Right behind a [`look`](Clock::look) at `now`: whether the watermark has not reached `target`, and does not before
    /// `then` if no item comes, which is later than `now`. It may say no where that takes less to find.
    #[doc(hidden)]
    #[inline(always)]
    fn stays_behind(
        &self,
        state: &Self::State,
        item: InTime,
        (now, then): (Timestamp, Timestamp),
        target: Timestamp,
    ) -> bool {
        target > item.reading(self, state, now).watermark && due_at(self, state, target) >= then
    }
}

/// An item that is not late.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct InTime {
    /// Its own time.
    pub timestamp: Timestamp,
    /// Whether the key's time has come as far.
    pub is_reached: bool,
    /// How far the key's time has come, unless the clock is to be asked for that where it is needed.
    pub watermark: Option<Timestamp>,
}

impl InTime {
    /// What the clock makes of the item, right behind it.
    #[inline(always)]
    pub(crate) fn reading<V, C: Clock<V> + ?Sized>(
        self,
        clock: &C,
        state: &C::State,
        now: Timestamp,
    ) -> Reading {
        let Self { timestamp, watermark, .. } = self;
        Reading { timestamp, watermark: watermark.unwrap_or_else(|| clock.watermark(state, now)) }
    }
}

/// When, in system time, the watermark reaches `target`, [`Timestamp::MAX`] for never.
#[inline(always)]
pub(crate) fn due_at<V, C: Clock<V> + ?Sized>(clock: &C, state: &C::State, target: Timestamp) -> Timestamp {
    if target == Timestamp::MAX { target } else { clock.due(state, target) }
}

/// What a [`Clock`] makes of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The item's own time.
    pub timestamp: Timestamp,
    /// How far the key's time has come.
    pub watermark: Timestamp,
}

impl Reading {
    /// Refuses a time that no item can have.
    pub(crate) fn checked(self) -> Result<Self, OutOfRange> {
        let is_instant = self.timestamp > Timestamp::MIN && self.timestamp < Timestamp::MAX;
        if is_instant { Ok(self) } else { Err(OutOfRange::at(self.timestamp)) }
    }
}

/// What `clock = …` takes: a [`Clock`]. Where it is none, rustc knows of no `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a clock for items of type `{V}`",
    label = "this is no clock",
    note = "write `EventClock(|item| …, wait_for_system_duration = 0s)`; a type of your own implements `Clock<{V}>`"
)]
pub trait IsClock<V, M> {
    /// The clock.
    type Itself: Clock<V>;

    /// Gives the clock.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<V, C: Clock<V>> IsClock<V, Known> for C {
    type Itself = C;

    fn itself(self) -> C {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, C: Never + Clock<V>> IsClock<V, Unknown> for C {
    type Itself = C;

    fn itself(self) -> C {
        self
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A value that is a clock for this stream.
    #[doc(hidden)]
    pub fn clock<C: IsClock<V, M>, M>(self, clock: C) -> C::Itself {
        clock.itself()
    }
}
