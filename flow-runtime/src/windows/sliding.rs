//! `SlidingWindower(length = …, offset = …, align_to = …)`: windows of one length that overlap.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Reading, Slice, Slices, Window, WindowId, Windower, aligned};
use crate::known::{Known, Never, Unknown};
use crate::stream::{Is, KeyedStream};
use crate::time::{OutOfRange, Span, Timestamp};

/// Windows of one length that overlap: window `i` is `[align_to + i · offset, align_to + i · offset + length)`,
/// and closes when the watermark reaches its end. An item belongs to each window that its time is in, and each
/// has a clone of it.
///
/// ```text
/// SlidingWindower(
///     length = TimeDelta,
///     offset = TimeDelta,
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
///     let seconds = input(TestingSource::new([1, 4, 8, 12]));
///     let keyed = seconds.key_on(|_| 'k');
///     let windows = keyed.collect_window(
///         clock = EventClock(|second| start + TimeDelta::seconds(*second), wait_for_system_duration = 0s),
///         windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
///     );
///     windows.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
/// };
/// flow.run()?;
/// let lists = [(-1, vec![1, 4]), (0, vec![1, 4, 8]), (1, vec![8, 12]), (2, vec![12])];
/// assert_eq!(items.take(), lists.map(|list| ('k', list)));
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: each item goes into `length / offset` windows, and a key has as many open, or more where
/// `wait_for_system_duration` keeps them open. There is no limit: ten days at an `offset` of a millisecond are
/// 864 million windows for an item. Where what windows hold can be put together of parts, as with `count_window`,
/// `sum_window`, `mean_window`, `max_window`, `min_window`, `top_k_window`, and `fold_window` with `combine = true`, an
/// item goes into one slice instead, however many windows there are. Bytewax: `SlidingWindower`.
///
/// # Errors
/// A `length` that is not more than zero, and an `offset` that is not or that is longer, are refused: by the
/// compiler where they are literals, when the flow starts otherwise.
#[derive(Clone, Copy, Debug)]
pub struct SlidingWindower {
    length: Option<Span>,
    offset: Option<Span>,
    /// By how much the length is longer than whole offsets.
    rest: Span,
    align_to: Result<Timestamp, OutOfRange>,
}

impl SlidingWindower {
    /// Windows of `length`, one of which begins at `align_to` and the next ones each `offset` later. `offset` is
    /// more than zero and no more than `length`.
    #[must_use]
    pub fn new(length: TimeDelta, offset: TimeDelta, align_to: DateTime<Utc>) -> Self {
        let (length, offset) = (Span::from_delta(length), Span::from_delta(offset));
        let rest = length.zip(offset);
        let rest = rest.and_then(|(length, offset)| length.nanoseconds().checked_rem(offset.nanoseconds()));
        let rest = Span::from_nanoseconds(rest.unwrap_or(0));
        Self { length, offset, rest, align_to: Timestamp::try_from(align_to) }
    }

    /// The last window that `timestamp` belongs to.
    fn last_window(&self, timestamp: Timestamp) -> Result<Window, OutOfRange> {
        let length = self.length.ok_or_else(|| OutOfRange::at(timestamp))?;
        aligned::last_window(timestamp, self.align_to?, self.offset_at(timestamp)?, length)
    }

    fn offset_at(&self, timestamp: Timestamp) -> Result<Span, OutOfRange> {
        self.offset.ok_or_else(|| OutOfRange::at(timestamp))
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A [`SlidingWindower`] for this stream, whose items are called `T` here: of a bound on a type of the
    /// stream rustc would say that there is no such method.
    #[doc(hidden)]
    pub fn sliding_windower<T, M>(
        self,
        length: TimeDelta,
        offset: TimeDelta,
        align_to: DateTime<Utc>,
    ) -> T::Windower
    where
        V: Is<T>,
        T: IsInSeveral<M>,
    {
        T::windower(SlidingWindower::new(length, offset, align_to))
    }
}

/// What a [`SlidingWindower`] keeps for a key: its open windows, that which closes first at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlidingState {
    open: Vec<Window>,
}

impl Windower for SlidingWindower {
    type State = SlidingState;
    type Resting = ();
    type Membership = Slices;

    fn check(&self) -> Result<(), String> {
        let length = aligned::check_length("length", self.length)?;
        let offset = aligned::check_length("offset", self.offset)?;
        if offset > length {
            return Err("`offset` must not be longer than `length`: \
                        items between two windows would belong to none"
                .to_owned());
        }
        aligned::check_align_to(self.align_to)
    }

    fn start(&self) -> SlidingState {
        SlidingState::default()
    }

    #[inline]
    fn open_for(
        &self,
        state: &mut SlidingState,
        timestamp: Timestamp,
        ids: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        let offset = self.offset_at(timestamp)?;
        let last = match state.open.first() {
            // For most items the latest window is the last, which needs no division to be found.
            Some(latest) if latest.open <= timestamp && timestamp.since(latest.open) < offset => *latest,
            _ => self.last_window(timestamp)?,
        };
        let mut place = state.open.partition_point(|open| open.id > last.id);
        backwards(last, offset, timestamp, |window| {
            if state.open.get(place).is_none_or(|open| open.id != window.id) {
                state.open.insert(place, window);
            }
            place += 1;
            ids.push(window.id);
        })?;
        ids.reverse();
        Ok(())
    }

    fn late_for(&self, timestamp: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange> {
        let last = self.last_window(timestamp)?;
        backwards(last, self.offset_at(timestamp)?, timestamp, |window| ids.push(window.id))?;
        ids.reverse();
        Ok(())
    }

    fn open_late(
        &self,
        state: &mut SlidingState,
        Reading { timestamp, watermark }: Reading,
        ids: &mut Vec<WindowId>,
        late: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        let last = self.last_window(timestamp)?;
        backwards(last, self.offset_at(timestamp)?, timestamp, |window| {
            if window.close <= watermark {
                return late.push(window.id);
            }
            ids.push(window.id);
            let place = state.open.partition_point(|open| open.id > window.id);
            if state.open.get(place).is_none_or(|open| open.id != window.id) {
                state.open.insert(place, window);
            }
        })?;
        ids.reverse();
        late.reverse();
        Ok(())
    }

    fn find(&self, state: &SlidingState, id: WindowId) -> Option<Window> {
        aligned::find(&state.open, id)
    }

    #[inline]
    fn next_close(&self, state: &SlidingState) -> Timestamp {
        state.open.last().map_or(Timestamp::MAX, |window| window.close)
    }

    #[inline]
    fn close_next(&self, state: &mut SlidingState, watermark: Timestamp) -> Option<Window> {
        state.open.pop_if(|window| window.close <= watermark)
    }

    /// Windows begin at each offset, and end as far behind one as the length is longer than whole offsets.
    fn slice_of(&self, timestamp: Timestamp) -> Result<Slice, OutOfRange> {
        let out_of_range = || OutOfRange::at(timestamp);
        let offset = self.offset_at(timestamp)?;
        let Window { open, .. } = self.last_window(timestamp)?;
        self.first_window(timestamp).ok_or_else(out_of_range)?;
        let next = open.saturating_after(offset);
        let edge = open.saturating_after(self.rest);
        Ok(if timestamp < edge { Slice { begin: open, end: edge } } else { Slice { begin: edge, end: next } })
    }

    /// Slices take turns: one as long as the rest of the length, and one as long as the rest of the offset.
    #[inline]
    fn slice_behind(&self, slice: Slice) -> Option<Slice> {
        let width = slice.end.since(slice.begin).nanoseconds();
        let (offset, rest) = (self.offset?.nanoseconds(), self.rest.nanoseconds());
        let next = if rest == 0 { offset } else { offset - width };
        // Its windows must end within the range of time.
        slice.end.nanoseconds().checked_add(next)?.checked_add(self.length?.nanoseconds())?;
        Some(Slice { begin: slice.end, end: Timestamp::from_nanoseconds(slice.end.nanoseconds() + next) })
    }

    fn first_window(&self, timestamp: Timestamp) -> Option<Window> {
        aligned::first_window(timestamp, self.align_to.ok()?, self.offset?, self.length?)
    }

    #[inline]
    fn following(&self, window: Window) -> Option<Window> {
        aligned::behind(window, self.offset?)
    }
}

/// Calls `each` with the windows that `timestamp` belongs to, from the `last` to the first.
#[inline]
fn backwards(
    last: Window,
    offset: Span,
    timestamp: Timestamp,
    mut each: impl FnMut(Window),
) -> Result<(), OutOfRange> {
    let mut window = last;
    loop {
        each(window);
        if window.close.saturating_before(offset) <= timestamp {
            return Ok(());
        }
        window = aligned::before(window, offset).ok_or_else(|| OutOfRange::at(timestamp))?;
    }
}

/// What an item must be that belongs to several windows. Where it is not, rustc knows of no `Windower`, and says
/// so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an item belongs to several sliding windows, which needs items that are `Clone`, and `{Self}` is not",
    label = "each of these windows gets a clone of an item",
    note = "derive `Clone` for the item, or use a `TumblingWindower`"
)]
pub trait IsInSeveral<M> {
    /// The windower.
    type Windower;

    /// Gives the windower.
    fn windower(windower: SlidingWindower) -> Self::Windower;
}

#[diagnostic::do_not_recommend]
impl<V: Clone> IsInSeveral<Known> for V {
    type Windower = SlidingWindower;

    fn windower(windower: SlidingWindower) -> SlidingWindower {
        windower
    }
}

#[diagnostic::do_not_recommend]
impl<V: Never + Clone> IsInSeveral<Unknown> for V {
    type Windower = SlidingWindower;

    fn windower(windower: SlidingWindower) -> SlidingWindower {
        windower
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The slice behind a slice is that of the first instant behind it.
        #[test]
        fn slices_follow_each_other(
            length in 1..50_i64,
            part in 1..50_i64,
            time in -500..500_i64,
        ) {
            let windower = SlidingWindower::new(
                TimeDelta::nanoseconds(length),
                TimeDelta::nanoseconds(part.min(length)),
                DateTime::UNIX_EPOCH,
            );
            let slice = windower.slice_of(Timestamp::from_nanoseconds(time)).unwrap();
            prop_assert!(slice.contains(Timestamp::from_nanoseconds(time)));
            prop_assert_eq!(windower.slice_behind(slice), Some(windower.slice_of(slice.end).unwrap()));
        }
    }
}
