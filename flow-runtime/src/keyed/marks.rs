//! What a table keeps of a key besides its state.

use std::hint::select_unpredictable;

use crate::time::Timestamp;

/// What a table keeps of a key besides its state: how old that is, and when its due time will be looked at.
pub trait Marks {
    /// Those of a new key.
    const NEW: Self;

    /// Whether they tell ages. Where they do not, states are as old as their slots.
    const TELL_AGES: bool;

    /// An item has come at `moment`, which is even; where `is_new`, for a state that has just been created, or is as good
    /// as that.
    fn renew(&mut self, is_new: bool, moment: u64);

    /// Tells which of two present states is older.
    fn age(&self) -> u64;

    /// When the step's due times will next look at this slot, at the latest.
    fn looked_at(&self) -> Timestamp;

    /// They will look at it then.
    fn look_at(&mut self, due: Timestamp);

    /// Notes that the slot waits to be given its place among the due times. Says whether it is not known to have before.
    fn note(&mut self) -> bool;

    /// It does not any more.
    fn unnote(&mut self);
}

/// The marks of states that come and go, or come due.
#[derive(Clone, Copy, Debug)]
pub struct Marked {
    /// The lowest bit tells that the slot is noted: idle keys are many, and a field of its own would take eight bytes. A
    /// new state does not know it any more, so that a slot may be noted twice, which does no harm.
    age: u64,
    looked_at: Timestamp,
}

impl Marks for Marked {
    const NEW: Self = Self { age: 0, looked_at: Timestamp::MAX };
    const TELL_AGES: bool = true;

    /// Without a branch, for nobody can foresee it.
    #[inline(always)]
    fn renew(&mut self, is_new: bool, moment: u64) {
        self.age = select_unpredictable(is_new, moment, self.age);
    }

    #[inline(always)]
    fn age(&self) -> u64 {
        self.age
    }

    #[inline(always)]
    fn looked_at(&self) -> Timestamp {
        self.looked_at
    }

    #[inline(always)]
    fn look_at(&mut self, due: Timestamp) {
        self.looked_at = due;
    }

    fn note(&mut self) -> bool {
        let is_new = self.age & 1 == 0;
        self.age |= 1;
        is_new
    }

    fn unnote(&mut self) {
        self.age &= !1;
    }
}

/// None: the states stay until the input ends, and never come due.
#[derive(Clone, Copy, Debug)]
pub struct Unmarked;

impl Marks for Unmarked {
    const NEW: Self = Self;
    const TELL_AGES: bool = false;

    #[inline(always)]
    fn renew(&mut self, _: bool, _: u64) {}

    fn age(&self) -> u64 {
        0
    }

    #[inline(always)]
    fn looked_at(&self) -> Timestamp {
        Timestamp::MAX
    }

    fn look_at(&mut self, _: Timestamp) {}

    fn note(&mut self) -> bool {
        false
    }

    fn unnote(&mut self) {}
}
