//! What ends a run early, with the names of the flow and the step.

use std::cell::Cell;
use std::error;
use std::fmt;

use crate::graph::StepId;
use crate::time::OutOfRange;

/// Any error that a source or a sink of the user's own may give.
pub type BoxError = Box<dyn error::Error + Send + Sync>;

/// What ended a run before its input did.
///
/// Each names the flow, the step in it and the cause. What the sinks had written by then is complete:
/// a sink is flushed at the end of every activation, and those of this crate flush when they are dropped.
/// Its `Debug` form is its `Display` form, because that is what `main` prints of the error it returns.
#[non_exhaustive]
pub enum Error {
    /// A step cannot start: an argument's value is refused, a file is missing or cannot be made.
    Start {
        /// The flow's name.
        flow: String,
        /// The step's name.
        step: &'static str,
        /// Why.
        cause: BoxError,
    },
    /// A source failed.
    Source {
        /// The flow's name.
        flow: String,
        /// The step's name.
        step: &'static str,
        /// What the source said.
        cause: BoxError,
    },
    /// A sink failed.
    Sink {
        /// The flow's name.
        flow: String,
        /// The step's name.
        step: &'static str,
        /// What the sink said.
        cause: BoxError,
    },
    /// An item's timestamp leaves the range of time, or leads out of it.
    Time {
        /// The flow's name.
        flow: String,
        /// The step's name.
        step: &'static str,
        /// The timestamp.
        cause: OutOfRange,
    },
    /// Code of the user's panicked. The panic's own message has gone to the panic hook, as always.
    Panic {
        /// The flow's name.
        flow: String,
        /// The name of the step whose code it was, where that is known.
        step: &'static str,
        /// The panic's message.
        message: String,
    },
    /// The run waits for a time that does not come: it runs in a
    /// [`StillTime`](crate::time::StillTime), and only a later time would go on.
    Stuck {
        /// The flow's name.
        flow: String,
    },
    /// The run has ended with an error before, and was polled again.
    Ended {
        /// The flow's name.
        flow: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { flow, step, cause } => {
                write!(f, "flow `{flow}`, step `{step}`: cannot start: {cause}")
            }
            Self::Source { flow, step, cause } => {
                write!(f, "flow `{flow}`, step `{step}`: the source failed: {cause}")
            }
            Self::Sink { flow, step, cause } => {
                write!(f, "flow `{flow}`, step `{step}`: the sink failed: {cause}")
            }
            Self::Time { flow, step, cause } => write!(f, "flow `{flow}`, step `{step}`: {cause}"),
            Self::Panic { flow, step, message } => {
                write!(f, "flow `{flow}`, step `{step}`: panicked: {message}")
            }
            Self::Stuck { flow } => {
                write!(f, "flow `{flow}`: waits for a later time, and the time stands still")
            }
            Self::Ended { flow } => write!(f, "flow `{flow}`: the run has ended with an error before"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Start { cause, .. } | Self::Source { cause, .. } | Self::Sink { cause, .. } => {
                Some(cause.as_ref())
            }
            Self::Time { cause, .. } => Some(cause),
            Self::Panic { .. } | Self::Stuck { .. } | Self::Ended { .. } => None,
        }
    }
}

/// What a step reports to the engine, which knows the names.
#[derive(Debug)]
pub struct Failure {
    pub(crate) step: StepId,
    pub(crate) cause: Cause,
}

/// A stage has gone well. A constant, and not `Ok(())`, because each call in a flow's code costs time to compile.
pub const DONE: Result<(), Failure> = Ok(());

/// The kinds of [`Failure`].
#[derive(Debug)]
pub(crate) enum Cause {
    Start(BoxError),
    Source(BoxError),
    Sink(BoxError),
    Time(OutOfRange),
}

impl Failure {
    pub(crate) fn start(step: StepId, cause: impl Into<BoxError>) -> Self {
        Self { step, cause: Cause::Start(cause.into()) }
    }

    pub(crate) fn source(step: StepId, cause: BoxError) -> Self {
        Self { step, cause: Cause::Source(cause) }
    }

    pub(crate) fn sink(step: StepId, cause: BoxError) -> Self {
        Self { step, cause: Cause::Sink(cause) }
    }

    pub(crate) fn time(step: StepId, cause: OutOfRange) -> Self {
        Self { step, cause: Cause::Time(cause) }
    }
}

thread_local! {
    static BLAMED: Cell<Option<StepId>> = const { Cell::new(None) };
}

/// Remembers its step when a panic passes through.
struct Blame<'a>(&'a StepId);

impl Drop for Blame<'_> {
    #[cold]
    fn drop(&mut self) {
        BLAMED.set(Some(*self.0));
    }
}

/// Calls code of the user's, so that a panic in it can be laid at its step's door. Costs nothing
/// where none comes: the step is not even looked at.
#[inline(always)]
pub(crate) fn blaming<R>(step: &StepId, call: impl FnOnce() -> R) -> R {
    let blame = Blame(step);
    let result = call();
    std::mem::forget(blame);
    result
}

/// The step that the last panic on this thread passed through.
pub(crate) fn blamed() -> Option<StepId> {
    BLAMED.take()
}

/// An iterator whose panics are laid at its step's door.
#[derive(Debug)]
pub struct Blamed<I> {
    step: StepId,
    iterator: I,
}

impl<I> Blamed<I> {
    pub(crate) fn new(step: StepId, iterator: I) -> Self {
        Self { step, iterator }
    }
}

impl<I: Iterator> Iterator for Blamed<I> {
    type Item = I::Item;

    #[inline(always)]
    fn next(&mut self) -> Option<I::Item> {
        blaming(&self.step, || self.iterator.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iterator.size_hint()
    }
}
