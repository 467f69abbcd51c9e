//! Who drives a flow: polls its sources, lets time pass, knows when it is over.
//!
//! A flow's own code does one *pass* at a time and asks its [`Activation`] for all it needs to know:
//! the time, whose turn it is, which inputs have ended. It does not know its engine.

mod activation;
mod running;

use std::task::Waker;

use crate::error::{Error, Failure};
use crate::graph::Graph;
use crate::report::Report;
use crate::time::{TimeProvider, WallTime};

pub use activation::Activation;
pub(crate) use activation::Pass;
pub use running::{Progress, Running};

/// A flow that can be run: what `dataflow!` gives.
#[must_use = "a flow does nothing until it is run"]
pub trait Dataflow {
    /// The flow's steps and streams.
    fn graph(&self) -> &'static Graph;

    /// Does one pass over the flow.
    ///
    /// # Errors
    /// What a step reports.
    #[doc(hidden)]
    fn activate(&mut self, activation: &mut Activation) -> Result<(), Failure>;

    /// The name that errors and reports give the flow: its block's module and line, unless it was
    /// [`named`](Dataflow::named).
    fn name(&self) -> &str {
        self.graph().name
    }

    /// Gives the flow a name of your own.
    fn named(self, name: impl Into<String>) -> Named<Self>
    where
        Self: Sized,
    {
        Named { flow: self, name: name.into() }
    }

    /// Runs the flow on the system clock until all of its sources have ended. Sleeps while there is
    /// nothing to do.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    fn run(self) -> Result<Report, Error>
    where
        Self: Sized,
    {
        self.run_in(WallTime)
    }

    /// Runs the flow in a time of your choice: [`SimulatedTime`](crate::time::SimulatedTime), which
    /// jumps to the next due time instead of sleeping, or [`StillTime`](crate::time::StillTime), under
    /// which a replay goes by its items alone.
    ///
    /// # Errors
    /// Whatever ends the run early, with the names of the flow and the step.
    fn run_in(self, time: impl TimeProvider) -> Result<Report, Error>
    where
        Self: Sized,
    {
        self.start(time).run()
    }

    /// Makes the flow ready for an owner who drives it with [`Running::poll`].
    fn start<T: TimeProvider>(self, time: T) -> Running<Self, T>
    where
        Self: Sized,
    {
        Running::new(self, time)
    }
}

/// A flow with a name of its own.
#[derive(Debug)]
pub struct Named<F> {
    flow: F,
    name: String,
}

impl<F: Dataflow> Dataflow for Named<F> {
    fn graph(&self) -> &'static Graph {
        self.flow.graph()
    }

    fn activate(&mut self, activation: &mut Activation) -> Result<(), Failure> {
        self.flow.activate(activation)
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// What `dataflow!` expands to.
#[doc(hidden)]
#[derive(Debug)]
pub struct Flow<F> {
    graph: &'static Graph,
    pass: F,
}

impl<F: FnMut(&mut Activation) -> Result<(), Failure>> Flow<F> {
    /// Puts a flow together from its picture and its code.
    pub fn new(graph: &'static Graph, pass: F) -> Self {
        Self { graph, pass }
    }
}

impl<F: FnMut(&mut Activation) -> Result<(), Failure>> Dataflow for Flow<F> {
    fn graph(&self) -> &'static Graph {
        self.graph
    }

    #[inline]
    fn activate(&mut self, activation: &mut Activation) -> Result<(), Failure> {
        (self.pass)(activation)
    }
}

/// The flow that a block with errors is taken for, so that the code around it is fine.
#[doc(hidden)]
pub fn broken() -> Flow<fn(&mut Activation) -> Result<(), Failure>> {
    const EMPTY: &Graph =
        &Graph { name: "", steps: &[], streams: &[], sources: 0, sources_meet: false, counters: 0 };
    Flow::new(EMPTY, |_| Ok(()))
}

/// Wakes nobody: for owners who poll when they like.
pub(crate) fn nobody() -> Waker {
    Waker::noop().clone()
}
