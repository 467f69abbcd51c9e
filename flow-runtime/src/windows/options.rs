//! What can be asked of every operator over windows: `ordered`, `bounds`, `late_when`, `early`, `forget_keys_after`.

use chrono::{DateTime, TimeDelta, Utc};

use super::early::{EarlyResults, Every, IsTrigger, NoneEarly, Trigger};
use super::{Folding, Window, WindowContent, WindowFold, WindowId};
use crate::known::{Known, Never, Unknown};
use crate::time::{Span, Timestamp};

/// The options of an operator over windows. `F` is whether keys are forgotten, `B` how windows are named in what
/// they give, `E` whether they give results early.
#[derive(Clone, Copy, Debug)]
pub struct WindowOptions<F = KeepKeys, B = ById, E = NoneEarly> {
    pub(super) ordered: Option<bool>,
    pub(super) late_when: LateWhen,
    pub(super) forget: F,
    pub(super) naming: B,
    pub(super) early: E,
}

impl WindowOptions {
    /// No option.
    #[must_use]
    pub fn new() -> Self {
        Self {
            ordered: None,
            late_when: LateWhen::WatermarkPassed,
            forget: KeepKeys,
            naming: ById,
            early: NoneEarly,
        }
    }
}

impl Default for WindowOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl<F, B, E> WindowOptions<F, B, E> {
    /// `ordered = …`: whether items wait until the watermark reaches them, to be taken in order of time.
    #[must_use]
    pub fn ordered(self, ordered: bool) -> Self {
        Self { ordered: Some(ordered), ..self }
    }

    /// `late_when = …`: which items are late.
    #[must_use]
    pub fn late_when(self, late_when: LateWhen) -> Self {
        Self { late_when, ..self }
    }

    /// `forget_keys_after = …`: a key is forgotten when it has had no item for so long and nothing of it is open.
    #[must_use]
    pub fn forget_keys_after(self, after: TimeDelta) -> WindowOptions<ForgetAfter, B, E> {
        let Self { ordered, late_when, naming, early, .. } = self;
        // What is beyond the range of time never comes.
        let forget = ForgetAfter(Span::from_delta(after).unwrap_or(Span::MAX));
        WindowOptions { ordered, late_when, forget, naming, early }
    }

    /// `bounds = true`: what a window gives comes with its bounds.
    #[must_use]
    pub fn with_bounds(self) -> WindowOptions<F, ByBounds, E> {
        let Self { ordered, late_when, forget, early, .. } = self;
        WindowOptions { ordered, late_when, forget, naming: ByBounds, early }
    }

    /// `early = …`: open windows tell what they would give now, every so many items or every so long.
    #[must_use]
    pub fn early<T: IsTrigger<M>, M>(self, trigger: T) -> WindowOptions<F, B, Every<T::Itself>> {
        let Self { ordered, late_when, forget, naming, .. } = self;
        WindowOptions { ordered, late_when, forget, naming, early: Every::new(trigger.itself()) }
    }
}

/// Which items are late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateWhen {
    /// Those behind the watermark, whether or not their windows are still open.
    WatermarkPassed,
    /// Those behind the watermark, for those of their windows that have closed.
    WindowClosed,
}

/// The word `watermark_passed`.
pub const WATERMARK_PASSED: LateWhen = LateWhen::WatermarkPassed;
/// The word `window_closed`.
pub const WINDOW_CLOSED: LateWhen = LateWhen::WindowClosed;

/// Whether keys are forgotten.
pub trait Forget {
    /// What is kept for a key.
    type State;

    /// Whether any key is forgotten.
    const FORGETS: bool;

    /// Refuses a length of time that cannot be.
    ///
    /// # Errors
    /// Why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// What is kept for a key that has had an item at `now`.
    fn touched(&self, now: Timestamp) -> Self::State;

    /// When a key is forgotten, in system time.
    fn due(&self, state: &Self::State) -> Timestamp;
}

/// A key is never forgotten.
#[derive(Clone, Copy, Debug)]
pub struct KeepKeys;

impl Forget for KeepKeys {
    type State = ();

    const FORGETS: bool = false;

    #[inline(always)]
    fn touched(&self, _: Timestamp) {}

    #[inline(always)]
    fn due(&self, (): &()) -> Timestamp {
        Timestamp::MAX
    }
}

/// A key is forgotten when it has had no item for so long.
#[derive(Clone, Copy, Debug)]
pub struct ForgetAfter(Span);

impl Forget for ForgetAfter {
    type State = Timestamp;

    const FORGETS: bool = true;

    fn check(&self) -> Result<(), String> {
        if self.0.nanoseconds() <= 0 {
            return Err("`forget_keys_after` must be more than zero".to_owned());
        }
        Ok(())
    }

    #[inline]
    fn touched(&self, now: Timestamp) -> Timestamp {
        now
    }

    #[inline]
    fn due(&self, last_item: &Timestamp) -> Timestamp {
        last_item.saturating_after(self.0)
    }
}

/// How a window is named in what it gives.
pub trait Naming {
    /// What stands beside what a window gives.
    type Name;

    /// The name of the window `id`. What `find` gives are its bounds as they are now.
    fn name(id: WindowId, find: impl FnOnce() -> Option<Window>) -> Self::Name;
}

/// By its id.
#[derive(Clone, Copy, Debug)]
pub struct ById;

impl Naming for ById {
    type Name = WindowId;

    #[inline(always)]
    fn name(id: WindowId, _: impl FnOnce() -> Option<Window>) -> WindowId {
        id
    }
}

/// By its id and bounds.
#[derive(Clone, Copy, Debug)]
pub struct ByBounds;

impl Naming for ByBounds {
    type Name = WindowBounds;

    #[inline]
    fn name(id: WindowId, find: impl FnOnce() -> Option<Window>) -> WindowBounds {
        let unknown = || Window { id, open: Timestamp::MIN, close: Timestamp::MAX };
        let window = find();
        debug_assert!(window.is_some(), "a windower knows the bounds of its open windows");
        Window { id, ..window.unwrap_or_else(unknown) }.into()
    }
}

/// A window and its bounds: what stands beside what a window gives, with `bounds = true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WindowBounds {
    /// Its number.
    pub id: WindowId,
    /// The first instant that belongs to the window.
    pub open_time: DateTime<Utc>,
    /// The first instant after it; of a session, that of its last item.
    pub close_time: DateTime<Utc>,
}

impl From<Window> for WindowBounds {
    fn from(window: Window) -> Self {
        Self { id: window.id, open_time: window.open.to_datetime(), close_time: window.close.to_datetime() }
    }
}

/// What an operator takes as its options. Rustc blames an argument for a bound on the argument's type; of one on `T`
/// it says no more than once that it does not hold.
#[doc(hidden)]
pub trait Are<T> {
    /// Gives the options.
    fn these(self) -> T;
}

impl<T> Are<T> for T {
    fn these(self) -> T {
        self
    }
}

/// The options that go with what a window holds, `A`, which is made of a `Held`: those with `early` ask for one that
/// is `Clone`. Where it is not, rustc knows of no `Forget`, `Naming` and `Early`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an early result is a copy of what a window holds, which must be `Clone`, and `{Held}` is not",
    label = "windows are asked for early results here",
    note = "derive `Clone` for it, or leave out `early`"
)]
pub trait GoWith<V, A: WindowContent<V>, Held, M> {
    /// Whether keys are forgotten.
    type Forget: Forget;
    /// How windows are named.
    type Naming: Naming;
    /// Whether they give results early.
    type Early: EarlyResults<V, A>;

    /// Gives the options.
    fn options(self) -> WindowOptions<Self::Forget, Self::Naming, Self::Early>;
}

#[diagnostic::do_not_recommend]
impl<V, A: WindowContent<V>, Held, F: Forget, B: Naming> GoWith<V, A, Held, Known>
    for WindowOptions<F, B, NoneEarly>
{
    type Forget = F;
    type Naming = B;
    type Early = NoneEarly;

    fn options(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, A, Held, F, B, T> GoWith<V, Folding<A>, Held, Known> for WindowOptions<F, B, Every<T>>
where
    A: WindowFold<V, Accumulator: Clone>,
    F: Forget,
    B: Naming,
    T: Trigger,
{
    type Forget = F;
    type Naming = B;
    type Early = Every<T>;

    fn options(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, A, Held, F, B, T> GoWith<V, Folding<A>, Held, Unknown> for WindowOptions<F, B, Every<T>>
where
    A: WindowFold<V, Accumulator: Clone>,
    Held: Never,
    F: Forget,
    B: Naming,
    T: Trigger,
{
    type Forget = F;
    type Naming = B;
    type Early = Every<T>;

    fn options(self) -> Self {
        self
    }
}
