//! `TumblingWindower(length = …, align_to = …)`: windows of one length, one behind the other.

use chrono::{DateTime, TimeDelta, Utc};

use super::rare::Rare;
use super::{Latest, One, Reading, Succession, Window, WindowId, Windower, aligned};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};

/// Windows of one length, one behind the other: window `i` is
/// `[align_to + i · length, align_to + (i + 1) · length)`, and closes when the watermark reaches its end.
///
/// ```text
/// TumblingWindower(
///     length = TimeDelta,
///     align_to = DateTime<Utc>,
/// )
/// ```
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{TimeDelta, TimeZone, Utc};
///
/// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let seconds = input(TestingSource::new([-3, 0, 9, 10, 35]));
///     let keyed = seconds.key_on(|_| 'k');
///     let windows = keyed.collect_window(
///         clock = EventClock(|second| start + TimeDelta::seconds(*second), wait_for_system_duration = 0s),
///         windower = TumblingWindower(length = 10s, align_to = start),
///     );
///     windows.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
/// };
/// flow.run()?;
/// let lists = [(-1, vec![-3]), (0, vec![0, 9]), (1, vec![10]), (3, vec![35])];
/// assert_eq!(items.take(), lists.map(|list| ('k', list)));
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: two comparisons per item of a key's latest window, and a division and a search among its open windows
/// for others; per key, three words for each open window. A window is open only if an item has come for it.
/// Bytewax: `TumblingWindower`.
///
/// # Errors
/// A `length` that is not more than zero is refused: by the compiler where it is a literal, when the flow starts
/// otherwise.
#[derive(Clone, Copy, Debug)]
pub struct TumblingWindower {
    length: Option<Span>,
    align_to: Result<Timestamp, OutOfRange>,
}

impl TumblingWindower {
    /// Windows of `length`, more than zero, of which one begins at `align_to`.
    #[must_use]
    pub fn new(length: TimeDelta, align_to: DateTime<Utc>) -> Self {
        Self { length: Span::from_delta(length), align_to: Timestamp::try_from(align_to) }
    }

    /// The window that `timestamp` belongs to.
    fn window_of(&self, timestamp: Timestamp) -> Result<Window, OutOfRange> {
        let length = self.length.ok_or_else(|| OutOfRange::at(timestamp))?;
        aligned::last_window(timestamp, self.align_to?, length, length)
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A [`TumblingWindower`] for this stream.
    #[doc(hidden)]
    pub fn tumbling_windower(self, length: TimeDelta, align_to: DateTime<Utc>) -> TumblingWindower {
        TumblingWindower::new(length, align_to)
    }
}

/// What a [`TumblingWindower`] keeps for a key. Most have a single window open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TumblingState {
    /// The latest of the open windows.
    latest: Window,
    next_close: Timestamp,
    /// The others, that which closes first at the end.
    earlier: Rare<Window>,
}

impl Default for TumblingState {
    fn default() -> Self {
        Self { latest: Window::NONE, next_close: Timestamp::MAX, earlier: Rare::new() }
    }
}

impl TumblingState {
    /// Opens a window, where it is not open.
    fn open(&mut self, window: Window) {
        if self.latest.is_none() {
            self.latest = window;
            self.next_close = window.close;
        } else if window.id > self.latest.id {
            self.earlier.make().insert(0, std::mem::replace(&mut self.latest, window));
        } else if window.id < self.latest.id {
            let earlier = self.earlier.make();
            let place = earlier.partition_point(|open| open.id > window.id);
            if earlier.get(place).is_none_or(|open| open.id != window.id) {
                earlier.insert(place, window);
                self.next_close = self.next_close.min(window.close);
            }
        }
    }

    /// Takes out the window that closes first.
    fn close(&mut self) -> Window {
        let closed = self.earlier.pop().unwrap_or_else(|| std::mem::replace(&mut self.latest, Window::NONE));
        let next = self.earlier.as_slice().last().unwrap_or(&self.latest);
        self.next_close = if next.is_none() { Timestamp::MAX } else { next.close };
        closed
    }
}

impl Windower for TumblingWindower {
    type State = TumblingState;
    type Resting = ();
    type Membership = One;

    fn check(&self) -> Result<(), String> {
        aligned::check_length("length", self.length)?;
        aligned::check_align_to(self.align_to)
    }

    fn start(&self) -> TumblingState {
        TumblingState::default()
    }

    #[inline]
    fn open_for(
        &self,
        state: &mut TumblingState,
        timestamp: Timestamp,
        ids: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        if let Some(latest) = self.in_latest(state, timestamp) {
            ids.push(latest.id);
            return Ok(());
        }
        let window = self.window_of(timestamp)?;
        ids.push(window.id);
        state.open(window);
        Ok(())
    }

    /// Needs no division.
    #[inline]
    fn in_latest(&self, state: &mut TumblingState, timestamp: Timestamp) -> Option<Latest> {
        let Window { id, open, close } = state.latest;
        (open..close).contains(&timestamp).then_some(Latest { id, next_close: state.next_close })
    }

    fn succeed(&self, state: &mut TumblingState, id: WindowId, item: Reading) -> Option<Succession> {
        let TumblingState { earlier, latest, next_close } = state;
        if latest.id != id || latest.close > item.watermark || !earlier.is_empty() {
            return None;
        }
        let closed = std::mem::replace(latest, self.window_of(item.timestamp).ok()?);
        *next_close = latest.close;
        Some(Succession { closed, opened: latest.id })
    }

    fn open_late(
        &self,
        state: &mut TumblingState,
        item: Reading,
        ids: &mut Vec<WindowId>,
        late: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        let window = self.window_of(item.timestamp)?;
        if window.close <= item.watermark {
            late.push(window.id);
        } else {
            ids.push(window.id);
            state.open(window);
        }
        Ok(())
    }

    fn find(&self, state: &TumblingState, id: WindowId) -> Option<Window> {
        if state.latest.id == id && !state.latest.is_none() {
            return Some(state.latest);
        }
        aligned::find(state.earlier.as_slice(), id)
    }

    fn late_for(&self, timestamp: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange> {
        ids.push(self.window_of(timestamp)?.id);
        Ok(())
    }

    #[inline]
    fn next_close(&self, state: &TumblingState) -> Timestamp {
        state.next_close
    }

    #[inline]
    fn close_next(&self, state: &mut TumblingState, watermark: Timestamp) -> Option<Window> {
        let is_over = state.next_close <= watermark && !state.latest.is_none();
        is_over.then(|| state.close())
    }
}
