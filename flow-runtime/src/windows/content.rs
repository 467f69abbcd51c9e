//! What the windows of a step hold, and what they give.

/// What the windows of a step hold, and what they give. There is one for all windows of all keys; the step keeps
/// a state for each window that is open.
///
/// A window may give any number of results at any time: what is handed to `out` goes to `down` with the window's
/// id. One that gives a single result when it closes is a [`WindowFold`].
pub trait WindowContent<V> {
    /// What an open window holds.
    type State;
    /// What it gives.
    type Output;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// Makes the state of a new window, which opens for its first value.
    fn open(&mut self, value: V, out: &mut impl FnMut(Self::Output)) -> Self::State;

    /// Takes a further value in.
    fn on_value(&mut self, state: &mut Self::State, value: V, out: &mut impl FnMut(Self::Output));

    /// Takes in what another window holds that is merged into this one. What is given now is given by the window
    /// that stays.
    fn on_merge(
        &mut self,
        target: &mut Self::State,
        absorbed: Self::State,
        out: &mut impl FnMut(Self::Output),
    );

    /// The window closes.
    fn on_close(&mut self, state: Self::State, out: &mut impl FnMut(Self::Output));
}

/// What windows hold that give one result each, when they close.
pub trait WindowFold<V> {
    /// What a window holds.
    type Accumulator;
    /// What it gives.
    type Output;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// What a new window holds, which opens for its first value.
    fn open(&mut self, value: V) -> Self::Accumulator;

    /// Takes a further value in.
    fn add(&mut self, accumulator: &mut Self::Accumulator, value: V);

    /// Takes in what another window holds that is merged into this one.
    fn merge(&mut self, target: &mut Self::Accumulator, absorbed: Self::Accumulator);

    /// The window closes.
    fn close(&mut self, accumulator: Self::Accumulator) -> Self::Output;
}

/// A fold as the content of windows.
#[derive(Clone, Copy, Debug)]
pub struct Folding<F>(pub(crate) F);

impl<V, F: WindowFold<V>> WindowContent<V> for Folding<F> {
    type State = F::Accumulator;
    type Output = F::Output;

    fn check(&self) -> Result<(), String> {
        self.0.check()
    }

    #[inline]
    fn open(&mut self, value: V, _: &mut impl FnMut(F::Output)) -> F::Accumulator {
        self.0.open(value)
    }

    #[inline(always)]
    fn on_value(&mut self, state: &mut F::Accumulator, value: V, _: &mut impl FnMut(F::Output)) {
        self.0.add(state, value);
    }

    #[inline]
    fn on_merge(
        &mut self,
        target: &mut F::Accumulator,
        absorbed: F::Accumulator,
        _: &mut impl FnMut(F::Output),
    ) {
        self.0.merge(target, absorbed);
    }

    #[inline]
    fn on_close(&mut self, state: F::Accumulator, out: &mut impl FnMut(F::Output)) {
        out(self.0.close(state));
    }
}
