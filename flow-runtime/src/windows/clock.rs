//! What a window step knows of time, per key.

use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// Tells the time of items, and how far time has come: the watermark. One per key; the step keeps the
/// state, the clock is the same for all.
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

    /// When, in system time, the watermark reaches `target` if no item comes: [`Timestamp::MAX`] for never.
    fn due(&self, state: &Self::State, target: Timestamp) -> Timestamp;
}

/// What a [`Clock`] makes of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The item's own time.
    pub timestamp: Timestamp,
    /// How far the key's time has come.
    pub watermark: Timestamp,
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
