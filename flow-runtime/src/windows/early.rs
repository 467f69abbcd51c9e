//! `early = …`: what a window would give now, while it is open.

use chrono::TimeDelta;

use super::{Folding, WindowContent, WindowFold};
use crate::keyed::Logic;
use crate::known::{Known, Never, Unknown};
use crate::time::{Span, Timestamp};

/// Whether and when windows give results early.
pub trait EarlyResults<V, A: WindowContent<V>>: WhichStep {
    /// What is kept for each open window.
    type State;

    /// Whether items make windows give something.
    const IS_COUNTED: bool;
    /// Whether windows come due.
    const IS_TIMED: bool;

    /// Refuses what cannot be.
    ///
    /// # Errors
    /// Why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// What is kept for a window that opens at `now` for its first item.
    fn open(&self, now: Timestamp) -> Self::State;

    /// The window has taken a further item in.
    fn on_value(&self, state: &mut Self::State, now: Timestamp);

    /// Another window is merged into this one.
    fn on_merge(&self, target: &mut Self::State, absorbed: Self::State, now: Timestamp);

    /// Whether items have made the window give something. Says so once.
    fn is_full(&self, state: &mut Self::State) -> bool;

    /// When, in system time, the window gives something if no item comes.
    fn due(&self, state: &Self::State) -> Timestamp;

    /// The due time was reached.
    fn rest(&self, state: &mut Self::State);

    /// What the window would give now.
    fn result(content: &mut A, held: &A::State) -> Option<A::Output>;
}

/// Which of two steps goes with early results: windows that give them keep a state each.
#[doc(hidden)]
pub trait WhichStep {
    /// The one or the other.
    type Either<Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>>: Logic<Value = Apart::Value, Event = Apart::Event>;

    /// Makes it of `parts`.
    fn either<P, Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>>(
        parts: P,
        apart: impl FnOnce(P) -> Apart,
        sliced: impl FnOnce(P) -> Sliced,
    ) -> Self::Either<Apart, Sliced>;
}

impl WhichStep for NoneEarly {
    type Either<Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>> = Sliced;

    fn either<P, Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>>(
        parts: P,
        _: impl FnOnce(P) -> Apart,
        sliced: impl FnOnce(P) -> Sliced,
    ) -> Sliced {
        sliced(parts)
    }
}

impl<T> WhichStep for Every<T> {
    type Either<Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>> = Apart;

    fn either<P, Apart: Logic, Sliced: Logic<Value = Apart::Value, Event = Apart::Event>>(
        parts: P,
        apart: impl FnOnce(P) -> Apart,
        _: impl FnOnce(P) -> Sliced,
    ) -> Apart {
        apart(parts)
    }
}

/// Windows give results only as they close, or as what they hold says.
#[derive(Clone, Copy, Debug)]
pub struct NoneEarly;

impl<V, A: WindowContent<V>> EarlyResults<V, A> for NoneEarly {
    type State = ();

    const IS_COUNTED: bool = false;
    const IS_TIMED: bool = false;

    #[inline(always)]
    fn open(&self, _: Timestamp) {}

    #[inline(always)]
    fn on_value(&self, (): &mut (), _: Timestamp) {}

    #[inline(always)]
    fn on_merge(&self, (): &mut (), (): (), _: Timestamp) {}

    #[inline(always)]
    fn is_full(&self, (): &mut ()) -> bool {
        false
    }

    #[inline(always)]
    fn due(&self, (): &()) -> Timestamp {
        Timestamp::MAX
    }

    #[inline(always)]
    fn rest(&self, (): &mut ()) {}

    #[inline(always)]
    fn result(_: &mut A, _: &A::State) -> Option<A::Output> {
        None
    }
}

/// Windows give results early, every so often.
#[derive(Clone, Copy, Debug)]
pub struct Every<T> {
    trigger: T,
}

impl<T> Every<T> {
    pub(super) fn new(trigger: T) -> Self {
        Self { trigger }
    }
}

impl<V, A, T> EarlyResults<V, Folding<A>> for Every<T>
where
    A: WindowFold<V, Accumulator: Clone>,
    T: Trigger,
{
    type State = T::State;

    const IS_COUNTED: bool = T::IS_COUNTED;
    const IS_TIMED: bool = !T::IS_COUNTED;

    fn check(&self) -> Result<(), String> {
        if self.trigger.is_positive() { Ok(()) } else { Err("`early` must be more than zero".to_owned()) }
    }

    #[inline]
    fn open(&self, now: Timestamp) -> T::State {
        let mut state = T::State::default();
        self.trigger.open(&mut state, now);
        self.trigger.on_value(&mut state, now);
        state
    }

    #[inline]
    fn on_value(&self, state: &mut T::State, now: Timestamp) {
        self.trigger.on_value(state, now);
    }

    fn on_merge(&self, target: &mut T::State, absorbed: T::State, now: Timestamp) {
        self.trigger.on_merge(target, absorbed, now);
    }

    #[inline]
    fn is_full(&self, state: &mut T::State) -> bool {
        self.trigger.is_full(state)
    }

    #[inline]
    fn due(&self, state: &T::State) -> Timestamp {
        self.trigger.due(state)
    }

    fn rest(&self, state: &mut T::State) {
        self.trigger.rest(state);
    }

    fn result(Folding(fold): &mut Folding<A>, held: &A::Accumulator) -> Option<A::Output> {
        Some(fold.close(held.clone()))
    }
}

/// How often a window gives early results: every so many items, or every so long.
pub trait Trigger {
    /// What is kept for each open window.
    type State: Default;

    /// Whether it counts items. Otherwise it goes by time.
    const IS_COUNTED: bool;

    /// Whether it is more than zero.
    fn is_positive(&self) -> bool;

    /// A window opens.
    fn open(&self, state: &mut Self::State, now: Timestamp);

    /// The window has taken an item in.
    fn on_value(&self, state: &mut Self::State, now: Timestamp);

    /// Another window is merged into this one.
    fn on_merge(&self, target: &mut Self::State, absorbed: Self::State, now: Timestamp);

    /// Whether enough items have come. Says so once.
    fn is_full(&self, _state: &mut Self::State) -> bool {
        false
    }

    /// When time will be up.
    fn due(&self, _state: &Self::State) -> Timestamp {
        Timestamp::MAX
    }

    /// Time was up.
    fn rest(&self, _state: &mut Self::State) {}
}

/// Every so many items of a window.
impl Trigger for u64 {
    /// How many items came since it last gave something.
    type State = u64;

    const IS_COUNTED: bool = true;

    fn is_positive(&self) -> bool {
        *self > 0
    }

    fn open(&self, _: &mut u64, _: Timestamp) {}

    #[inline]
    fn on_value(&self, items: &mut u64, _: Timestamp) {
        *items += 1;
    }

    fn on_merge(&self, target: &mut u64, absorbed: u64, _: Timestamp) {
        *target += absorbed;
    }

    #[inline]
    fn is_full(&self, items: &mut u64) -> bool {
        let is_full = *items >= *self;
        if is_full {
            *items = 0;
        }
        is_full
    }
}

/// Every so long since a window has opened, if something new has come.
impl Trigger for TimeDelta {
    type State = Ticks;

    const IS_COUNTED: bool = false;

    fn is_positive(&self) -> bool {
        *self > Self::zero()
    }

    fn open(&self, state: &mut Ticks, now: Timestamp) {
        state.opened = now;
    }

    #[inline]
    fn on_value(&self, state: &mut Ticks, now: Timestamp) {
        if state.due.is_none() {
            state.due = Some(state.next(*self, now));
        }
    }

    fn on_merge(&self, target: &mut Ticks, _: Ticks, now: Timestamp) {
        // What the other window holds is new to this one.
        self.on_value(target, now);
    }

    #[inline]
    fn due(&self, state: &Ticks) -> Timestamp {
        state.due.unwrap_or(Timestamp::MAX)
    }

    fn rest(&self, state: &mut Ticks) {
        state.due = None;
    }
}

/// When a window gives its early results.
#[derive(Clone, Copy, Debug)]
pub struct Ticks {
    opened: Timestamp,
    /// The next one, where something new has come.
    due: Option<Timestamp>,
}

impl Default for Ticks {
    fn default() -> Self {
        Self { opened: Timestamp::MIN, due: None }
    }
}

impl Ticks {
    /// The first tick behind `now`.
    fn next(&self, length: TimeDelta, now: Timestamp) -> Timestamp {
        let Some(length) = Span::from_delta(length).filter(|length| length.nanoseconds() > 0) else {
            return Timestamp::MAX;
        };
        let passed = now.since(self.opened).nanoseconds().max(0);
        let until_next = length.nanoseconds() - passed % length.nanoseconds();
        Timestamp::from_nanoseconds(now.nanoseconds().saturating_add(until_next))
    }
}

/// What `early = …` takes: a [`Trigger`]. Where it is none, rustc knows of no `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`early` is a number of items or a length of time, and not a `{Self}`",
    label = "this says how often windows give early results",
    note = "write `early = 100` for every hundredth item, or `early = 5s`; a number of items is a `u64`"
)]
pub trait IsTrigger<M> {
    /// The trigger.
    type Itself: Trigger;

    /// Gives the trigger.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T: Trigger> IsTrigger<Known> for T {
    type Itself = T;

    fn itself(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Never + Trigger> IsTrigger<Unknown> for T {
    type Itself = T;

    fn itself(self) -> T {
        self
    }
}
