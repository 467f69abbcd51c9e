//! `CountWindower(length = …, offset = …)`: windows of so many items.

use std::marker::PhantomData;

use super::{Many, One, Reading, Window, WindowId, Windower};
use crate::known::{Known, Never, Unknown};
use crate::stream::{Is, KeyedStream};
use crate::time::{OutOfRange, Timestamp};

/// The id that a late item is given: it has no place among those that were taken.
const LATE: WindowId = -1;

/// Windows of so many items of a key: window `i` holds the items `i · offset` to `i · offset + length − 1`, counted from
/// 0 in the order in which the step takes them, which with `ordered = true` is that of time. Without an `offset` it is
/// as large as the `length`, and an item belongs to one window; with an `offset` it belongs to several, and each has a
/// clone of it. Both are `u64`.
///
/// ```text
/// CountWindower(
///     length = u64,
///     offset = u64,  // left out: as large as `length`
/// )
/// ```
///
/// A window closes when it is full, whatever the watermark. The windows that are not full at the end of the input close
/// then. Their bounds are the times of the first and of the last of their items. An item behind the watermark is late,
/// with the id -1; with `late_when = window_closed` no item is, as the next place is free for it.
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
/// let flow = dataflow! {
///     let numbers = input(TimedSource::new((0..7).map(|number| (at(number), number))));
///     let keyed = numbers.key_on(|_| 'k');
///     let sums = keyed.sum_window(
///         clock = SystemClock(),
///         windower = CountWindower(length = 4, offset = 2),
///         of = |number| *number,
///     );
///     sums.down.map_value(|sum| (clock.time(), sum)).output(sink);
/// };
/// flow.run_in(time)?;
/// // The first two were full. At the end there were three items in the third, and one in the last.
/// let sums = [(at(3), (0, 6)), (at(5), (1, 14)), (at(6), (2, 15)), (at(6), (3, 6))];
/// assert_eq!(items.take(), sums.map(|sum| ('k', sum)));
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: each item goes into `length / offset` windows, and a key has as many open. A key of which a window is not full
/// is not forgotten by `forget_keys_after`; one that is forgotten begins again with window 0. Bytewax: none.
#[derive(Clone, Copy, Debug)]
pub struct CountWindower<M = One> {
    length: u64,
    offset: u64,
    membership: PhantomData<M>,
}

impl CountWindower {
    /// Windows of `length` items, at least one.
    #[must_use]
    pub fn new(length: u64) -> Self {
        Self { length, offset: length, membership: PhantomData }
    }
}

impl CountWindower<Many> {
    /// Windows of `length` items, which begin each `offset` items. `offset` is at least one and no more than `length`.
    #[must_use]
    pub fn sliding(length: u64, offset: u64) -> Self {
        Self { length, offset, membership: PhantomData }
    }
}

/// What a [`CountWindower`] keeps for a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountState {
    /// How many items were taken.
    taken: u64,
    /// The open windows, the first at the end.
    open: Vec<Window>,
}

impl<M> CountWindower<M> {
    /// Which of a key's items is the first behind this window.
    fn end(&self, id: WindowId) -> u64 {
        id.unsigned_abs().saturating_mul(self.offset).saturating_add(self.length)
    }

    fn is_full(&self, window: &Window, taken: u64) -> bool {
        self.end(window.id) <= taken
    }
}

impl<M> Windower for CountWindower<M> {
    type State = CountState;
    /// How many items were taken.
    type Resting = u64;
    type Membership = M;

    fn check(&self) -> Result<(), String> {
        let least = |name: &str, number| {
            if number == 0 { Err(format!("`{name}` must be at least 1")) } else { Ok(()) }
        };
        least("length", self.length)?;
        least("offset", self.offset)?;
        if self.offset > self.length {
            return Err("`offset` must not be more than `length`: \
                        items between two windows would belong to none"
                .to_owned());
        }
        Ok(())
    }

    fn start(&self) -> CountState {
        CountState::default()
    }

    fn rest(&self, state: &mut CountState) -> u64 {
        std::mem::take(&mut state.taken)
    }

    fn wake(&self, state: &mut CountState, resting: u64) {
        state.taken = resting;
    }

    #[inline]
    fn open_for(
        &self,
        state: &mut CountState,
        timestamp: Timestamp,
        ids: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        let number = state.taken;
        if number.checked_rem(self.offset) == Some(0) {
            let id = i64::try_from(number / self.offset).map_err(|_| OutOfRange::at(timestamp))?;
            state.open.insert(0, Window { id, open: timestamp, close: timestamp });
        }
        // Full ones are still there where the step takes several items before it closes any.
        for window in state.open.iter_mut().rev().filter(|window| !self.is_full(window, number)) {
            window.open = window.open.min(timestamp);
            window.close = window.close.max(timestamp);
            ids.push(window.id);
        }
        state.taken += 1;
        Ok(())
    }

    fn late_for(&self, _: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange> {
        ids.push(LATE);
        Ok(())
    }

    fn open_late(
        &self,
        state: &mut CountState,
        item: Reading,
        ids: &mut Vec<WindowId>,
        _: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        self.open_for(state, item.timestamp, ids)
    }

    fn find(&self, state: &CountState, id: WindowId) -> Option<Window> {
        state.open.iter().find(|window| window.id == id).copied()
    }

    /// Before all time where a window is full, and else at the end of the input.
    #[inline]
    fn next_close(&self, state: &CountState) -> Timestamp {
        match state.open.last() {
            Some(window) if self.is_full(window, state.taken) => Timestamp::MIN,
            _ => Timestamp::MAX,
        }
    }

    #[inline]
    fn close_next(&self, state: &mut CountState, watermark: Timestamp) -> Option<Window> {
        let (taken, is_over) = (state.taken, watermark == Timestamp::MAX);
        state.open.pop_if(|window| is_over || self.is_full(window, taken))
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A [`CountWindower`] for this stream whose windows do not overlap.
    #[doc(hidden)]
    pub fn count_windower(self, length: u64) -> CountWindower {
        CountWindower::new(length)
    }

    /// A [`CountWindower`] for this stream whose windows overlap. Its items are called `T` here: of a bound on a type
    /// of the stream rustc would say that there is no such method.
    #[doc(hidden)]
    pub fn sliding_count_windower<T, M>(self, length: u64, offset: u64) -> T::Windower
    where
        V: Is<T>,
        T: IsInSeveralCounts<M>,
    {
        T::windower(CountWindower::sliding(length, offset))
    }
}

/// What an item must be that belongs to several windows. Where it is not, rustc knows of no `Windower`, and says
/// so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an item belongs to several windows, which needs items that are `Clone`, and `{Self}` is not",
    label = "each of these windows gets a clone of an item",
    note = "derive `Clone` for the item, or leave out `offset`"
)]
pub trait IsInSeveralCounts<M> {
    /// The windower.
    type Windower;

    /// Gives the windower.
    fn windower(windower: CountWindower<Many>) -> Self::Windower;
}

#[diagnostic::do_not_recommend]
impl<V: Clone> IsInSeveralCounts<Known> for V {
    type Windower = CountWindower<Many>;

    fn windower(windower: CountWindower<Many>) -> CountWindower<Many> {
        windower
    }
}

#[diagnostic::do_not_recommend]
impl<V: Never + Clone> IsInSeveralCounts<Unknown> for V {
    type Windower = CountWindower<Many>;

    fn windower(windower: CountWindower<Many>) -> CountWindower<Many> {
        windower
    }
}
