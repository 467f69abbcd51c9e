//! `SessionWindower(gap = …)`: windows that last as long as items keep coming.

use chrono::TimeDelta;

use super::{Latest, Merge, One, Reading, Succession, Window, WindowId, Windower};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};

/// The id that a late item is given: it would have belonged to a session, but nobody knows to which.
const LATE: WindowId = -1;

/// Windows that last as long as items keep coming: an item that is no farther than `gap` from a session
/// belongs to it and stretches it, any other begins a session of its own. A session closes when the watermark
/// is more than `gap` behind its last item.
///
/// ```text
/// SessionWindower(gap = TimeDelta)
/// ```
///
/// The sessions of a key are numbered from 0 in the order in which their first items came, and a late item has
/// the id -1. With `ordered = false` an item may come between two sessions and be near to both: it goes into that
/// of the lower id, and then the later session is merged into the earlier one. The id of the later is not used
/// again, and the metadata of the earlier names it.
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{TimeDelta, TimeZone, Utc};
///
/// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let seconds = input(TestingSource::new([1, 5, 11, 14, 20]));
///     let keyed = seconds.key_on(|_| 'k');
///     let windows = keyed.collect_window(
///         clock = EventClock(|second| start + TimeDelta::seconds(*second), wait_for_system_duration = 0s),
///         windower = SessionWindower(gap = 5s),
///     );
///     windows.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
/// };
/// flow.run()?;
/// let lists = [(0, vec![1, 5]), (1, vec![11, 14]), (2, vec![20])];
/// assert_eq!(items.take(), lists.map(|list| ('k', list)));
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: a search among the open sessions of the item's key, unless it belongs to the latest; per key, a few
/// words for each open session and for each that was merged into one. Bytewax: `SessionWindower`, whose
/// metadata names only those that were merged directly.
///
/// # Errors
/// A negative `gap` is refused: by the compiler where it is a literal, when the flow starts otherwise.
#[derive(Clone, Copy, Debug)]
pub struct SessionWindower {
    /// The shortest pause behind which a session is over, in nanoseconds: one more than the gap. Where that is longer
    /// than time, every two instants are near.
    pause: u64,
    /// The same in a signed word. Zero where it is longer.
    short_pause: Span,
    is_negative: bool,
}

impl SessionWindower {
    /// Sessions in which no item is farther than `gap`, zero or more, from the next.
    #[must_use]
    pub fn new(gap: TimeDelta) -> Self {
        let nanoseconds = i128::from(gap.num_seconds()) * 1_000_000_000 + i128::from(gap.subsec_nanos());
        let pause = u64::try_from(nanoseconds.max(0).saturating_add(1)).unwrap_or(u64::MAX);
        let short_pause = Span::from_nanoseconds(i64::try_from(pause).unwrap_or(0));
        Self { pause, short_pause, is_negative: nanoseconds < 0 }
    }

    /// The first instant that does not go on with what ended at `close`.
    #[inline]
    fn end_behind(&self, close: Timestamp) -> Timestamp {
        Timestamp::from_nanoseconds(close.nanoseconds().saturating_add_unsigned(self.pause))
    }

    /// Puts an item into the latest session, where it belongs there. Gives the first instant that does not go on with it.
    #[inline(always)]
    fn stretch(&self, latest: &mut Window, timestamp: Timestamp) -> Option<Timestamp> {
        // Whether an item stretches its session is a coin toss where several have the same time, so it is no branch.
        let close = latest.close.max(timestamp);
        // No two instants are farther apart than an unsigned word can tell.
        let pause = close.nanoseconds().wrapping_sub(latest.close.nanoseconds()).cast_unsigned();
        let short_pause = self.short_pause.nanoseconds();
        if timestamp < latest.open || pause >= short_pause.cast_unsigned() {
            return None;
        }
        // What ends behind all time is found by who is asked next.
        let end = Timestamp::from_nanoseconds(close.nanoseconds().checked_add(short_pause)?);
        latest.close = close;
        Some(end)
    }

    /// Takes an item into one of several sessions, or begins one beside others.
    fn open_among_others(&self, state: &mut SessionState, timestamp: Timestamp) -> WindowId {
        let begun = state.next_id;
        let SessionState { next_id, several, latest } = state;
        let several = several.get_or_insert_default();
        // While the item finds its place, the latest one is among the others.
        several.earlier.insert(0, *latest);
        let place = several.earlier.partition_point(|session| session.open > timestamp);
        let (later, earlier) = several.earlier.split_at_mut(place);
        let later = later.last_mut().filter(|session| self.is_near(timestamp, session.open));
        let earlier = earlier.first_mut().filter(|session| self.is_near(session.close, timestamp));
        let id = match (earlier, later) {
            (Some(_), Some(_)) => several.join(place),
            (Some(session), None) => {
                session.close = session.close.max(timestamp);
                session.id
            }
            (None, Some(session)) => {
                session.open = timestamp;
                session.id
            }
            (None, None) => {
                *next_id += 1;
                several.earlier.insert(place, Window { id: begun, open: timestamp, close: timestamp });
                begun
            }
        };
        *latest = several.earlier.remove(0);
        several.earliest_end = self.earliest_end(several);
        id
    }

    /// The first instant that does not go on with the earliest of these.
    fn earliest_end(&self, several: &Several) -> Timestamp {
        several.earlier.last().map_or(Timestamp::MAX, |earliest| self.end_behind(earliest.close))
    }

    /// Whether an item at `later` goes on with what ended at `earlier`.
    #[inline]
    fn is_near(&self, earlier: Timestamp, later: Timestamp) -> bool {
        later <= earlier || later.nanoseconds().abs_diff(earlier.nanoseconds()) < self.pause
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A [`SessionWindower`] for this stream.
    #[doc(hidden)]
    pub fn session_windower(self, gap: TimeDelta) -> SessionWindower {
        SessionWindower::new(gap)
    }
}

/// What a [`SessionWindower`] keeps for a key. Most have a single session open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionState {
    /// The latest of the open sessions.
    latest: Window,
    next_id: WindowId,
    /// What a key needs of which several sessions are open, or were at once.
    several: Option<Box<Several>>,
}

/// What is kept of the sessions of a key in front of the latest one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Several {
    /// Those that are open, the earliest at the end. Any two are farther than the gap from each other.
    earlier: Vec<Window>,
    /// The first instant that does not go on with the earliest.
    earliest_end: Timestamp,
    /// What the last item has merged and the step has not asked for yet: an item can be near to two at most.
    merge: Option<Merge>,
    /// Which windows the open ones have absorbed, directly or not.
    merged: Vec<Merge>,
}

impl Default for SessionState {
    fn default() -> Self {
        Self { latest: Window::NONE, next_id: 0, several: None }
    }
}

impl Default for Several {
    fn default() -> Self {
        Self { earlier: Vec::new(), earliest_end: Timestamp::MAX, merge: None, merged: Vec::new() }
    }
}

impl SessionState {
    /// Begins a session, where none is open besides the latest, whose place it takes.
    fn begin(&mut self, timestamp: Timestamp) -> WindowId {
        let id = self.next_id;
        self.next_id += 1;
        self.latest = Window { id, open: timestamp, close: timestamp };
        id
    }

    /// The first instant that is more than the gap behind the earliest session, where it is `latest_end` for the latest.
    #[inline(always)]
    fn first_end(&self, latest_end: Timestamp) -> Timestamp {
        self.several.as_ref().map_or(latest_end, |several| latest_end.min(several.earliest_end))
    }

    /// The open sessions, the latest first.
    fn open(&self) -> impl Iterator<Item = &Window> {
        let earlier = self.several.iter().flat_map(|several| &several.earlier);
        Some(&self.latest).filter(|latest| !latest.is_none()).into_iter().chain(earlier)
    }
}

impl Several {
    fn is_empty(&self) -> bool {
        self.earlier.is_empty() && self.merged.is_empty()
    }

    /// Merges the session in front of `place`, the later one, into that at `place`. Gives the lower id.
    fn join(&mut self, place: usize) -> WindowId {
        let absorbed = self.earlier.remove(place - 1);
        let target = &mut self.earlier[place - 1];
        target.close = absorbed.close;
        let merge = Merge { target: target.id, absorbed: absorbed.id };
        for earlier in &mut self.merged {
            if earlier.target == merge.absorbed {
                earlier.target = merge.target;
            }
        }
        self.merged.push(merge);
        self.merge = Some(merge);
        merge.target.min(merge.absorbed)
    }
}

impl Windower for SessionWindower {
    type State = SessionState;
    /// The id of the key's next session.
    type Resting = WindowId;
    type Membership = One;

    fn check(&self) -> Result<(), String> {
        if self.is_negative { Err("`gap` must not be negative".to_owned()) } else { Ok(()) }
    }

    fn start(&self) -> SessionState {
        SessionState::default()
    }

    fn open_for(
        &self,
        state: &mut SessionState,
        timestamp: Timestamp,
        ids: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        ids.push(match self.stretch(&mut state.latest, timestamp) {
            Some(_) => state.latest.id,
            None if state.latest.is_none() => state.begin(timestamp),
            None => self.open_among_others(state, timestamp),
        });
        Ok(())
    }

    /// Needs no search.
    #[inline(always)]
    fn in_latest(&self, state: &mut SessionState, timestamp: Timestamp) -> Option<Latest> {
        let end = self.stretch(&mut state.latest, timestamp)?;
        let id = state.latest.id;
        if state.several.as_ref().is_some_and(|several| several.earlier.iter().any(|earlier| earlier.id > id))
        {
            return None;
        }
        Some(Latest { id, next_close: state.first_end(end) })
    }

    fn succeed(&self, state: &mut SessionState, id: WindowId, item: Reading) -> Option<Succession> {
        let closed = state.latest;
        let is_over = closed.id == id && !closed.is_none() && self.end_behind(closed.close) <= item.watermark;
        if !is_over || state.several.as_ref().is_some_and(|several| !several.is_empty()) {
            return None;
        }
        Some(Succession { closed, opened: state.begin(item.timestamp) })
    }

    fn rest(&self, state: &mut SessionState) -> WindowId {
        std::mem::take(&mut state.next_id)
    }

    fn wake(&self, state: &mut SessionState, resting: WindowId) {
        state.next_id = resting;
    }

    /// A session that has not closed may still be joined, and one may begin that does not close at once.
    fn open_late(
        &self,
        state: &mut SessionState,
        Reading { timestamp, watermark }: Reading,
        ids: &mut Vec<WindowId>,
        late: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        let is_near = |session: &Window| {
            self.is_near(session.close, timestamp) && self.is_near(timestamp, session.open)
        };
        if self.is_near(timestamp, watermark) || state.open().any(is_near) {
            return self.open_for(state, timestamp, ids);
        }
        late.push(LATE);
        Ok(())
    }

    fn find(&self, state: &SessionState, id: WindowId) -> Option<Window> {
        let open = |id| state.open().find(|session| session.id == id);
        let merged = || state.several.as_ref()?.merged.iter().find(|merge| merge.absorbed == id);
        let session = open(id).or_else(|| open(merged()?.target))?;
        Some(Window { id, ..*session })
    }

    fn late_for(&self, _: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange> {
        ids.push(LATE);
        Ok(())
    }

    #[inline]
    fn merge_next(&self, state: &mut SessionState) -> Option<Merge> {
        state.several.as_mut()?.merge.take()
    }

    #[inline(always)]
    fn next_close(&self, state: &SessionState) -> Timestamp {
        let latest = &state.latest;
        state.first_end(if latest.is_none() { Timestamp::MAX } else { self.end_behind(latest.close) })
    }

    #[inline]
    fn close_next(&self, state: &mut SessionState, watermark: Timestamp) -> Option<Window> {
        let is_over =
            |session: &Window| watermark == Timestamp::MAX || !self.is_near(session.close, watermark);
        if let Some(several) = &mut state.several
            && let Some(earliest) = several.earlier.pop_if(|session| is_over(session))
        {
            several.earliest_end = self.earliest_end(several);
            return Some(earliest);
        }
        // The latest is the last to end.
        if state.latest.is_none() || !is_over(&state.latest) {
            return None;
        }
        Some(std::mem::replace(&mut state.latest, Window::NONE))
    }

    fn merged_into(&self, state: &mut SessionState, id: WindowId, merged: &mut Vec<WindowId>) {
        let Some(several) = &mut state.several else { return };
        several.merged.retain(|merge| {
            if merge.target == id {
                merged.push(merge.absorbed);
            }
            merge.target != id
        });
    }
}
