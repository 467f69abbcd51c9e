//! A flow that a test drives.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};

use super::instant;
use crate::engine::{Dataflow, Progress, Running};
use crate::error::Error;
use crate::report::Report;
use crate::time::SimulatedTime;

/// How many times a run may have to move the time on before it is taken for one that never ends.
const PATIENCE: usize = 1_000_000;

/// A flow in the time of a test. Made by [`Kit::start`](super::Kit::start).
#[derive(Debug)]
pub struct Run<F> {
    running: Running<F, SimulatedTime>,
    time: SimulatedTime,
    finished: Arc<AtomicBool>,
    next_due: Option<DateTime<Utc>>,
    has_ended: bool,
    activations: u64,
}

impl<F: Dataflow> Run<F> {
    pub(super) fn new(
        running: Running<F, SimulatedTime>,
        time: SimulatedTime,
        finished: Arc<AtomicBool>,
    ) -> Self {
        Self { running, time, finished, next_due: None, has_ended: false, activations: 0 }
    }

    /// Splits the keys of every keyed step, as an engine with several workers does.
    #[doc(hidden)]
    #[must_use]
    pub fn partitions(mut self, partitions: u32) -> Self {
        self.running = self.running.partitions(partitions);
        self
    }

    /// Takes in what has been pushed, and does what is due, until there is nothing to do at the present time.
    /// Does not return while a source has more at hand: one without an end has no place in a kit.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    pub fn settle(&mut self) -> Result<(), Error> {
        loop {
            self.activations += 1;
            match self.running.poll(Waker::noop())? {
                Progress::Busy => {}
                Progress::Idle(due) => {
                    self.next_due = due;
                    return Ok(());
                }
                Progress::Ended => {
                    (self.next_due, self.has_ended) = (None, true);
                    return Ok(());
                }
            }
        }
    }

    /// Settles, and moves the time on by `length`; on the way it stops at each time for which something was
    /// pushed or at which something falls due, the last included, and settles there.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step. The time stands where that
    /// happened.
    ///
    /// # Panics
    /// When `length` is negative or leads beyond 2261.
    #[track_caller]
    pub fn advance(&mut self, length: TimeDelta) -> Result<(), Error> {
        match self.time.time().checked_add_signed(length) {
            Some(time) => self.advance_to(time),
            None => panic!("{length} leads out of the range of time"),
        }
    }

    /// Settles, and moves the time on to `time`, as [`advance`](Run::advance) does.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step. The time stands where that
    /// happened.
    ///
    /// # Panics
    /// When `time` is past, or after 2261.
    #[track_caller]
    pub fn advance_to(&mut self, time: DateTime<Utc>) -> Result<(), Error> {
        let (from, to) = (self.time.time(), instant(time).to_datetime());
        assert!(from <= to, "time does not go back: it is {from}, and {to} is past");
        self.settle()?;
        while let Some(due) = self.next_due.filter(|due| *due <= to) {
            self.time.set(due);
            self.settle()?;
        }
        self.time.set(to);
        self.settle()
    }

    /// Ends all inputs behind what has been pushed into them, runs to the end, and says what has gone
    /// through. The time moves as far as it has to: not at all where nothing was pushed for later.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    ///
    /// # Panics
    /// When the flow does not end: because a source that is none of the kit's has nothing at hand and nobody
    /// waits for it, or because one goes on for ever.
    #[track_caller]
    pub fn finish(mut self) -> Result<Report, Error> {
        self.finished.store(true, Ordering::Relaxed);
        for _ in 0..PATIENCE {
            self.settle()?;
            match self.next_due {
                _ if self.has_ended => return Ok(self.running.report()),
                Some(due) => self.time.set(due),
                None => panic!("the flow has not ended: it waits for a source that is none of the kit's"),
            }
        }
        panic!("the flow does not end: time has been moved on {PATIENCE} times, and a source still has more");
    }

    /// The time it is.
    #[must_use]
    pub fn time(&self) -> DateTime<Utc> {
        self.time.time()
    }

    /// The next time at which something falls due or was pushed for, as it was when the run settled last;
    /// none where there is none.
    #[must_use]
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.next_due
    }

    /// Whether the flow has ended: all of its sources have.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// How many activations there have been: each is one that a run on the system clock would have been awake
    /// for.
    #[must_use]
    pub fn activations(&self) -> u64 {
        self.activations
    }

    /// What has gone through so far.
    #[must_use]
    pub fn report(&self) -> Report {
        self.running.report()
    }
}
