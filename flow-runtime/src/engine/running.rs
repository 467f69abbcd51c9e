//! The embedded engine: one thread, no more than its owner gives it.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use chrono::{DateTime, Utc};

use super::Dataflow;
use super::activation::{Activation, Pass};
use crate::error::{Cause, Error, Failure, blamed};
use crate::graph::StepId;
use crate::report::Report;
use crate::sources::SourceStatus;
use crate::time::{TimeProvider, Timestamp};

/// The most items that one poll takes from a source, unless the owner says otherwise: enough for
/// look-ups to overlap, and for what streams from memory to stop rarely; few enough to stay in a cache of one core.
const BATCH: usize = 2048;

/// A flow that is being run, one [`poll`](Running::poll) at a time.
#[derive(Debug)]
pub struct Running<F, T> {
    flow: F,
    time: T,
    activation: Activation,
    batch: usize,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Fresh,
    Open,
    Ended,
    Failed,
}

/// What [`Running::poll`] leaves to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There may be more at once: poll again.
    Busy,
    /// There is nothing to do before the given time, or ever where there is none, unless a source
    /// wakes the waker that was given.
    Idle(Option<DateTime<Utc>>),
    /// All sources have ended, all that came of them is out, and the sinks are closed.
    Ended,
}

impl<F: Dataflow, T: TimeProvider> Running<F, T> {
    pub(super) fn new(flow: F, time: T) -> Self {
        let activation = Activation::new(flow.name(), flow.graph());
        Self { flow, time, activation, batch: BATCH, stage: Stage::Fresh }
    }

    /// Takes at most `items` from a source at a time; at least one. Every stream has the same items in the
    /// same order, whatever the limit.
    #[must_use]
    pub fn batch_limit(mut self, items: usize) -> Self {
        self.batch = items.max(1);
        self
    }

    /// Splits the keys of every keyed step over `partitions` workers, each with states of its own, as an
    /// engine with several workers does.
    #[doc(hidden)]
    #[must_use]
    pub fn partitions(mut self, partitions: u32) -> Self {
        self.activation.partitions = partitions.max(1);
        self
    }

    /// One activation: a batch from each source that has one, then whatever has come due. Returns at
    /// once; never sleeps, unless a source or a sink does.
    ///
    /// `waker` is woken when a source that had nothing has something again.
    ///
    /// # Errors
    /// Whatever ends the run early. The run is over then.
    pub fn poll(&mut self, waker: &Waker) -> Result<Progress, Error> {
        self.activation.waker.clone_from(waker);
        self.activation.number += 1;
        match self.stage {
            Stage::Ended => return Ok(Progress::Ended),
            Stage::Failed => return Err(Error::Ended { flow: self.flow.name().to_owned() }),
            Stage::Fresh => {
                self.pass(Pass::Open)?;
                self.stage = Stage::Open;
            }
            Stage::Open => {}
        }
        self.activation.now = self.activation.now.max(self.time.now());
        // Whether a due time fires before the second item of a batch or behind its last must not depend
        // on the batch: when one is reached, one item goes ahead of it, as if each came alone.
        let due = self.activation.next_due <= self.activation.now;
        self.activation.limit = if due { 1 } else { self.batch };
        let rounds = if self.activation.takes_turns { self.activation.limit } else { 1 };
        for _ in 0..rounds {
            if !self.round()? {
                break;
            }
        }
        self.activation.next_due = Timestamp::MAX;
        self.activation.may_wait = !self.activation.sources.contains(&SourceStatus::Ready);
        self.pass(Pass::Settle)?;
        if self.ended() == self.activation.sources.len() {
            self.pass(Pass::Close)?;
            self.stage = Stage::Ended;
        }
        Ok(self.progress())
    }

    /// One turn of each source that is ready. Says whether there may be another at this time: none where
    /// a source has just ended, because what that brings about comes first.
    fn round(&mut self) -> Result<bool, Error> {
        let ended = self.ended();
        for source in 0..self.activation.sources.len() {
            if self.is_ready(source) {
                self.pass(Pass::Source(source))?;
            }
        }
        Ok(self.ended() == ended && self.activation.sources.contains(&SourceStatus::Ready))
    }

    /// How many sources have ended.
    fn ended(&self) -> usize {
        self.activation.sources.iter().filter(|source| **source == SourceStatus::Ended).count()
    }

    /// Polls until all sources have ended, and waits where there is nothing to do.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    pub fn run(mut self) -> Result<Report, Error> {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        loop {
            match self.poll_unless_stuck(&waker)? {
                Progress::Busy => {}
                Progress::Idle(_) => self.time.wait(self.wake_up()),
                Progress::Ended => return Ok(self.report()),
            }
        }
    }

    /// Polls until all sources have ended, inside an asynchronous task: the future does an activation each
    /// time it is polled, and wakes its task at once where there is more to do, so that others get their turn
    /// in between.
    ///
    /// A source that was idle wakes the task. So that due times do too, the owner says how to wait for a
    /// time: `sleep` is called whenever there is nothing to do before a time, and gives a future that ends
    /// then; ending early does no harm. With `tokio` and the system clock that would be
    ///
    /// ```text
    /// let left = |until: DateTime<Utc>| (until - Utc::now()).to_std().unwrap_or_default();
    /// let report = flow.start(WallTime).run_async(|until| tokio::time::sleep(left(until))).await?;
    /// ```
    ///
    /// and in a simulated time it moves that time:
    ///
    /// ```
    /// use std::future::ready;
    /// use chrono::DateTime;
    /// use flow::prelude::*;
    /// use flow::time::SimulatedTime;
    ///
    /// async fn replay(flow: impl Dataflow) -> Result<(), flow::Error> {
    ///     let time = SimulatedTime::starting_at(DateTime::UNIX_EPOCH);
    ///     let report = flow.start(time.clone()).run_async(|until| ready(time.set(until))).await?;
    ///     println!("{report}");
    ///     Ok(())
    /// }
    /// ```
    ///
    /// A future that is dropped gives the run up: its sinks are dropped without being closed. It can be sent
    /// to another thread if the flow can.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    pub async fn run_async<S: Future>(
        mut self,
        mut sleep: impl FnMut(DateTime<Utc>) -> S,
    ) -> Result<Report, Error> {
        loop {
            let progress = poll_fn(|context| Poll::Ready(self.poll_unless_stuck(context.waker()))).await?;
            match progress {
                Progress::Busy => give_way().await,
                Progress::Idle(Some(until)) => woken_or(sleep(until)).await,
                Progress::Idle(None) => woken_or(std::future::pending::<()>()).await,
                Progress::Ended => return Ok(self.report()),
            }
        }
    }

    fn poll_unless_stuck(&mut self, waker: &Waker) -> Result<Progress, Error> {
        let progress = self.poll(waker)?;
        if matches!(progress, Progress::Idle(_)) && self.is_stuck() {
            return Err(Error::Stuck { flow: self.flow.name().to_owned() });
        }
        Ok(progress)
    }

    /// What has gone through so far.
    #[must_use]
    pub fn report(&self) -> Report {
        Report::new(self.flow.name(), self.flow.graph(), &self.activation.counts, &self.activation.late)
    }

    fn is_ready(&self, source: usize) -> bool {
        match self.activation.sources[source] {
            SourceStatus::Ready | SourceStatus::Idle | SourceStatus::IdleAtMostUntil(_) => true,
            SourceStatus::IdleUntil(time) => instant(time) <= self.activation.now,
            SourceStatus::Ended => false,
        }
    }

    /// Whether only the passing of time could go on, in a time that does not pass.
    fn is_stuck(&self) -> bool {
        self.time.stands_still() && !self.activation.sources.iter().any(|source| source.may_wake())
    }

    fn progress(&self) -> Progress {
        if self.stage == Stage::Ended {
            return Progress::Ended;
        }
        if self.activation.sources.contains(&SourceStatus::Ready) {
            return Progress::Busy;
        }
        let wake_up = self.wake_up();
        if wake_up.is_some_and(|time| time <= self.activation.now) {
            return Progress::Busy;
        }
        Progress::Idle(wake_up.map(Timestamp::to_datetime))
    }

    /// The time before which nothing happens, unless a source is woken.
    fn wake_up(&self) -> Option<Timestamp> {
        let sources = self.activation.sources.iter().filter_map(|source| match source {
            SourceStatus::IdleUntil(time) | SourceStatus::IdleAtMostUntil(time) => Some(instant(*time)),
            SourceStatus::Ready | SourceStatus::Idle | SourceStatus::Ended => None,
        });
        sources.chain([self.activation.next_due]).min().filter(|time| *time < Timestamp::MAX)
    }

    fn pass(&mut self, pass: Pass) -> Result<(), Error> {
        self.activation.pass = pass;
        let outcome = catch_unwind(AssertUnwindSafe(|| self.flow.activate(&mut self.activation)));
        let error = match outcome {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(failure)) => self.failed(failure),
            Err(panic) => self.panicked(panic.as_ref()),
        };
        self.stage = Stage::Failed;
        Err(error)
    }

    fn failed(&self, failure: Failure) -> Error {
        let flow = self.flow.name().to_owned();
        let step = self.name_of(failure.step);
        match failure.cause {
            Cause::Start(cause) => Error::Start { flow, step, cause },
            Cause::Source(cause) => Error::Source { flow, step, cause },
            Cause::Sink(cause) => Error::Sink { flow, step, cause },
            Cause::Time(cause) => Error::Time { flow, step, cause },
        }
    }

    fn panicked(&self, panic: &(dyn Any + Send)) -> Error {
        let text = panic.downcast_ref::<&str>().copied();
        let message = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Error::Panic {
            flow: self.flow.name().to_owned(),
            step: blamed().map_or("unknown", |step| self.name_of(step)),
            message: message.unwrap_or("a panic without a text").to_owned(),
        }
    }

    fn name_of(&self, step: StepId) -> &'static str {
        self.flow.graph().steps[step.0 as usize].name
    }
}

/// A source's wish, as an instant; one beyond the range of time never comes.
fn instant(time: DateTime<Utc>) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::MAX)
}

/// Lets other tasks run before this one goes on.
async fn give_way() {
    let mut given = false;
    let wait = |context: &mut Context<'_>| {
        if given {
            return Poll::Ready(());
        }
        given = true;
        context.waker().wake_by_ref();
        Poll::Pending
    };
    poll_fn(wait).await;
}

/// Waits until the task is woken, by whom ever, or until `sleep` has ended.
async fn woken_or(sleep: impl Future) {
    let mut sleep = pin!(sleep);
    let mut asleep = false;
    let wait = |context: &mut Context<'_>| {
        if asleep || sleep.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        asleep = true;
        Poll::Pending
    };
    poll_fn(wait).await;
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
