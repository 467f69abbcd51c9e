//! What a window step knows of windows, per key.

use chrono::{DateTime, Utc};

use super::event::Emitted;
use super::{
    Clock, EarlyResults, Folding, Forget, Naming, PartialFold, Reading, Slice, WindowOptions, WindowStep,
};
use crate::keyed::Logic;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// Which window of a key it is. Numbers may be negative.
pub type WindowId = i64;

/// Says which windows an item belongs to, and when they close. One per key; the step keeps the state,
/// the windower is the same for all.
///
/// A windower of your own is written where one of the library would be:
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{DateTime, TimeDelta};
/// use flow::time::{OutOfRange, Timestamp};
/// use flow::windows::{One, Window, WindowId, Windower};
///
/// const HOUR: i64 = 3_600_000_000_000;
///
/// /// Nights, from ten to six, and days: each is numbered by the hours since 1970 at which it begins.
/// struct Shifts;
///
/// fn shift(time: Timestamp) -> Window {
///     let hour = time.nanoseconds().div_euclid(HOUR);
///     let (begin, end) = match hour.rem_euclid(24) {
///         0..6 => (-2, 6),
///         6..22 => (6, 22),
///         _ => (22, 30),
///     };
///     let midnight = hour - hour.rem_euclid(24);
///     let instant = |hour| Timestamp::from_nanoseconds((midnight + hour) * HOUR);
///     Window { id: midnight + begin, open: instant(begin), close: instant(end) }
/// }
///
/// impl Windower for Shifts {
///     /// The open windows, that which closes first at the end.
///     type State = Vec<Window>;
///     type Resting = ();
///     type Membership = One;
///
///     fn start(&self) -> Vec<Window> {
///         Vec::new()
///     }
///
///     fn open_for(
///         &self,
///         open: &mut Vec<Window>,
///         time: Timestamp,
///         ids: &mut Vec<WindowId>,
///     ) -> Result<(), OutOfRange> {
///         let window = shift(time);
///         ids.push(window.id);
///         if !open.contains(&window) {
///             open.push(window);
///             open.sort_by_key(|window| std::cmp::Reverse(window.id));
///         }
///         Ok(())
///     }
///
///     fn late_for(&self, time: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange> {
///         ids.push(shift(time).id);
///         Ok(())
///     }
///
///     fn find(&self, open: &Vec<Window>, id: WindowId) -> Option<Window> {
///         open.iter().find(|window| window.id == id).copied()
///     }
///
///     fn next_close(&self, open: &Vec<Window>) -> Timestamp {
///         open.last().map_or(Timestamp::MAX, |window| window.close)
///     }
///
///     fn close_next(&self, open: &mut Vec<Window>, watermark: Timestamp) -> Option<Window> {
///         open.pop_if(|window| window.close <= watermark)
///     }
/// }
///
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let hours = input(TestingSource::new([5, 7, 21, 23, 25]));
///     let keyed = hours.key_on(|_| "ALL");
///     let lists = keyed.collect_window(
///         clock = EventClock(|hour| DateTime::UNIX_EPOCH + TimeDelta::hours(*hour), wait_for_system_duration = 0s),
///         windower = Shifts,
///     );
///     lists.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
/// };
/// flow.run()?;
/// assert_eq!(items.take(), [("ALL", (-2, vec![5])), ("ALL", (6, vec![7, 21])), ("ALL", (22, vec![23, 25]))]);
/// # Ok::<(), flow::Error>(())
/// ```
pub trait Windower {
    /// What is kept for a key that has open windows: which they are.
    type State;
    /// What is kept for a key that has none: what must not be forgotten of those that have closed. `()` for nothing.
    type Resting: Default;
    /// Whether an item belongs to one window or to several, which then each get a clone.
    type Membership;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// The state of a key that has no windows yet.
    fn start(&self) -> Self::State;

    /// Takes out of the state of a key whose windows have all closed what must not be forgotten. The state is then
    /// as that of a new key, and may become that of another one.
    fn rest(&self, _state: &mut Self::State) -> Self::Resting {
        Self::Resting::default()
    }

    /// Puts what [`rest`](Windower::rest) gave into a state that is as that of a new key.
    fn wake(&self, _state: &mut Self::State, _resting: Self::Resting) {}

    /// Puts the ids of the windows that an item of this time belongs to into `ids`, which is empty, and
    /// opens those that are not open.
    ///
    /// # Errors
    /// When a bound of a window is out of the range of time.
    fn open_for(
        &self,
        state: &mut Self::State,
        timestamp: Timestamp,
        ids: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange>;

    /// The latest window, where it is open, an item of this time belongs to it and to no other, and none is open whose
    /// number is greater. The item is then in it, as if [`open_for`](Windower::open_for) had been asked; where this says
    /// none, that is asked.
    ///
    /// It is a short way for what most items need. As it comes, it always says none.
    #[inline]
    fn in_latest(&self, _state: &mut Self::State, _timestamp: Timestamp) -> Option<Latest> {
        None
    }

    /// Closes the window `id` where it is the only open one and closes at the watermark of `item`, and opens the one that
    /// `item` belongs to. The item is not late, so that this one does not close as well. Both happen or neither: where
    /// this says none, each is asked for by itself.
    ///
    /// It is a short way for the first item of most windows. As it comes, it always says none.
    fn succeed(&self, _state: &mut Self::State, _id: WindowId, _item: Reading) -> Option<Succession> {
        None
    }

    /// Puts the ids of the windows that a late item would have belonged to into `ids`, which is empty.
    ///
    /// # Errors
    /// When a bound of a window is out of the range of time.
    fn late_for(&self, timestamp: Timestamp, ids: &mut Vec<WindowId>) -> Result<(), OutOfRange>;

    /// Takes an item that is behind the watermark where `late_when = window_closed` is asked for: puts the ids of
    /// those of its windows that have not closed at the watermark into `ids`, and opens those that are not open, as
    /// [`open_for`](Windower::open_for) does; and the ids of the others into `late`. Both are empty. No window may
    /// open again.
    ///
    /// As it comes, it says that all have closed.
    ///
    /// # Errors
    /// When a bound of a window is out of the range of time.
    fn open_late(
        &self,
        _state: &mut Self::State,
        item: Reading,
        _ids: &mut Vec<WindowId>,
        late: &mut Vec<WindowId>,
    ) -> Result<(), OutOfRange> {
        self.late_for(item.timestamp, late)
    }

    /// The bounds of the window `id`, as they are now: it is open, or the last item has merged it into one that is.
    fn find(&self, state: &Self::State, id: WindowId) -> Option<Window>;

    /// Takes the next merge out that the item of the last [`open_for`](Windower::open_for) has caused. The step
    /// asks when the item is in its windows, until there is none.
    fn merge_next(&self, _state: &mut Self::State) -> Option<Merge> {
        None
    }

    /// The watermark at which the next of the open windows closes, [`Timestamp::MAX`] where none is open.
    fn next_close(&self, state: &Self::State) -> Timestamp;

    /// Takes the window out that closes first, if it closes at `watermark`: in order of close time, then
    /// of id.
    fn close_next(&self, state: &mut Self::State, watermark: Timestamp) -> Option<Window>;

    /// Moves the ids of the windows that were merged into `id`, directly or through others, out of the state
    /// and into `merged`, which is empty. The step asks when `id` has closed.
    fn merged_into(&self, _state: &mut Self::State, _id: WindowId, _merged: &mut Vec<WindowId>) {}

    /// The slice that `timestamp` belongs to. A windower whose `Membership` is [`Slices`](super::Slices) says so, and
    /// has a [`first_window`](Windower::first_window) and a [`following`](Windower::following) one; others are not
    /// asked.
    ///
    /// # Errors
    /// When a bound of a window that `timestamp` belongs to is out of the range of time.
    fn slice_of(&self, timestamp: Timestamp) -> Result<Slice, OutOfRange> {
        Err(OutOfRange::at(timestamp))
    }

    /// The slice behind `slice`, where that is known without a search. As it comes, none is.
    fn slice_behind(&self, _slice: Slice) -> Option<Slice> {
        None
    }

    /// The first of the windows that end behind `timestamp`. None where it is out of the range of time.
    fn first_window(&self, _timestamp: Timestamp) -> Option<Window> {
        None
    }

    /// The window behind `window`. None where it is out of the range of time.
    fn following(&self, _window: Window) -> Option<Window> {
        None
    }
}

/// The latest window of a key, with an item in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Its number.
    pub id: WindowId,
    /// The watermark at which the next of the open windows closes, be it this one or another.
    pub next_close: Timestamp,
}

/// One window takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The window that has closed.
    pub closed: Window,
    /// The number of the one that has opened.
    pub opened: WindowId,
}

/// Two windows of a key become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The window that stays.
    pub target: WindowId,
    /// The window that is no more. Its id is not used again.
    pub absorbed: WindowId,
}

/// A window of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its number.
    pub id: WindowId,
    /// The first instant that belongs to it.
    pub open: Timestamp,
    /// The first instant after it; of a session, that of its last item.
    pub close: Timestamp,
}

impl Window {
    /// Stands for a window where there is none: no item belongs to it.
    pub(super) const NONE: Self = Self { id: 0, open: Timestamp::MAX, close: Timestamp::MIN };

    /// Whether it stands for none. No window closes before it opens.
    #[inline]
    pub(super) fn is_none(&self) -> bool {
        self.close < self.open
    }
}

/// The bounds of a window that has closed: what comes out of the port `meta`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WindowMetadata {
    /// The first instant that belongs to the window.
    pub open_time: DateTime<Utc>,
    /// The first instant after it; of a session, that of its last item.
    pub close_time: DateTime<Utc>,
    /// The windows that were merged into it, directly or through others, in the order of the merges.
    pub merged_ids: Vec<WindowId>,
}

impl From<Window> for WindowMetadata {
    fn from(window: Window) -> Self {
        Self {
            open_time: window.open.to_datetime(),
            close_time: window.close.to_datetime(),
            merged_ids: Vec::new(),
        }
    }
}

/// How an item gets into the windows it belongs to: [`One`], [`Many`] or [`Slices`](super::Slices).
pub trait Membership<V>: Sized {
    /// The step of such windows with a fold of which parts can be merged.
    type Step<C, W, A, F, B, E>: Logic<Value = V, Event = Emitted<V, A::Output, B::Name>>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>;

    /// Hands `value` to `each` for every id of `ids`.
    fn hand_out(value: V, ids: &[WindowId], each: impl FnMut(WindowId, V));

    /// Makes the step. It is `ordered` where its options do not say.
    fn step<C, W, A, F, B, E>(
        times: (C, W),
        fold: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> Self::Step<C, W, A, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>;
}

/// An item belongs to one window.
#[derive(Clone, Copy, Debug)]
pub struct One;

impl<V> Membership<V> for One {
    type Step<C, W, A, F, B, E>
        = WindowStep<V, C, W, Folding<A>, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>;

    #[inline]
    fn hand_out(value: V, ids: &[WindowId], mut each: impl FnMut(WindowId, V)) {
        debug_assert_eq!(ids.len(), 1, "a windower whose items belong to one window gives one id");
        if let Some(id) = ids.first() {
            each(*id, value);
        }
    }

    fn step<C, W, A, F, B, E>(
        (clock, windower): (C, W),
        fold: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> WindowStep<V, C, W, Folding<A>, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>,
    {
        WindowStep::new(clock, windower, Folding(fold), options, ordered)
    }
}

/// An item belongs to any number of windows: each but the last gets a clone.
#[derive(Clone, Copy, Debug)]
pub struct Many;

impl<V: Clone> Membership<V> for Many {
    type Step<C, W, A, F, B, E>
        = WindowStep<V, C, W, Folding<A>, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>;

    #[inline]
    fn hand_out(value: V, ids: &[WindowId], mut each: impl FnMut(WindowId, V)) {
        let Some((last, others)) = ids.split_last() else { return };
        for id in others {
            each(*id, value.clone());
        }
        each(*last, value);
    }

    fn step<C, W, A, F, B, E>(
        (clock, windower): (C, W),
        fold: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> WindowStep<V, C, W, Folding<A>, F, B, E>
    where
        C: Clock<V>,
        W: Windower<Membership = Self>,
        A: PartialFold<V>,
        F: Forget,
        B: Naming,
        E: EarlyResults<V, Folding<A>>,
    {
        WindowStep::new(clock, windower, Folding(fold), options, ordered)
    }
}

/// What `windower = …` takes: a [`Windower`]. Where it is none, rustc knows of no `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a windower for items of type `{V}`",
    label = "this is no windower for these items",
    note = "write `TumblingWindower(length = 10s, align_to = …)`; a type of your own implements `Windower`",
    note = "a windower whose windows overlap needs items that are `Clone`"
)]
pub trait IsWindower<V, M> {
    /// The windower.
    type Itself: Windower<Membership: Membership<V>>;

    /// Gives the windower.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<V, W: Windower<Membership: Membership<V>>> IsWindower<V, Known> for W {
    type Itself = W;

    fn itself(self) -> W {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, W: Never + Windower<Membership: Membership<V>>> IsWindower<V, Unknown> for W {
    type Itself = W;

    fn itself(self) -> W {
        self
    }
}

impl<K, V> KeyedStream<K, V> {
    /// A value that is a windower for this stream.
    #[doc(hidden)]
    pub fn windower<W: IsWindower<V, M>, M>(self, windower: W) -> W::Itself {
        windower.itself()
    }
}
