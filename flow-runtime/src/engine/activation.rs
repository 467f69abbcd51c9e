//! What a flow's code may ask and tell while it does one pass.

use std::task::Waker;

use crate::error::Failure;
use crate::graph::{Graph, StepId};
use crate::sources::SourceStatus;
use crate::time::Timestamp;

/// What this pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// Sources and sinks open, arguments are looked at.
    Open,
    /// One source gives a batch, and it goes through the flow.
    Source(usize),
    /// Whatever has come due fires, steps whose input has ended end, sinks flush.
    Settle,
    /// All sources have ended and all that came of them is out: sinks close.
    Close,
}

/// The engine's side of a pass.
#[derive(Debug)]
pub struct Activation {
    flow: String,
    graph: &'static Graph,
    /// How many activations there have been, this one included.
    pub(crate) number: u64,
    pub(crate) pass: Pass,
    pub(crate) now: Timestamp,
    pub(crate) limit: usize,
    /// Whether a source hands out one item of its batch at a time, because another's come in between.
    pub(crate) takes_turns: bool,
    pub(crate) waker: Waker,
    pub(crate) partitions: u32,
    pub(crate) sources: Vec<SourceStatus>,
    pub(crate) next_due: Timestamp,
    /// Whether the engine would wait next, and so has to know the next due time exactly.
    pub(crate) may_wait: bool,
    pub(crate) counts: Vec<u64>,
    pub(crate) late: Vec<u64>,
}

impl Activation {
    pub(crate) fn new(flow: &str, graph: &'static Graph) -> Self {
        Self {
            flow: flow.to_owned(),
            graph,
            number: 0,
            pass: Pass::Open,
            now: Timestamp::MIN,
            limit: 0,
            takes_turns: graph.sources_meet,
            waker: super::nobody(),
            partitions: 1,
            sources: vec![SourceStatus::Ready; graph.sources],
            next_due: Timestamp::MAX,
            may_wait: false,
            counts: vec![0; graph.counters],
            late: vec![0; graph.steps.len()],
        }
    }

    /// The time of this activation, the same for every step.
    #[must_use]
    #[inline]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// How many activations there have been, this one included.
    #[must_use]
    #[inline]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The names of the flow and of a step in it, with a dot in between.
    pub(crate) fn full_name(&self, step: StepId) -> String {
        format!("{}.{}", self.flow, self.graph.steps[step.0 as usize].name)
    }

    /// Whether sources and sinks are to open.
    #[must_use]
    #[inline]
    pub fn opens(&self) -> bool {
        self.pass == Pass::Open
    }

    /// Whether due times are to fire and inputs to end.
    #[must_use]
    #[inline]
    pub fn settles(&self) -> bool {
        self.pass == Pass::Settle
    }

    /// Whether it is the turn of the source with this number.
    #[must_use]
    #[inline]
    pub fn is_turn_of(&self, source: usize) -> bool {
        self.pass == Pass::Source(source)
    }

    /// How many workers a keyed step's keys are split over.
    #[must_use]
    pub fn partitions(&self) -> u32 {
        self.partitions
    }

    /// Whether all of these sources have ended, and what they gave has gone by.
    #[must_use]
    pub fn have_ended(&self, sources: &[usize]) -> bool {
        sources.iter().all(|source| self.sources[*source] == SourceStatus::Ended)
    }

    /// Whether anybody takes what a step gives at this port.
    pub(crate) fn is_taken(&self, step: StepId, port: &str) -> bool {
        self.graph.streams.iter().any(|stream| stream.from == step.0 as usize && stream.port == port)
    }

    /// Does one stage of the pass. Each is a closure of its own because the compiler looks at each alone, and takes
    /// much longer for a long pass in one piece.
    ///
    /// # Errors
    /// What the stage reports.
    #[inline(always)]
    pub fn stage(&mut self, stage: impl FnOnce(&mut Self) -> Result<(), Failure>) -> Result<(), Failure> {
        stage(self)
    }

    /// Adds to one of the counters.
    #[inline]
    pub fn count(&mut self, counter: usize, items: usize) {
        self.counts[counter] += items as u64;
    }

    pub(crate) fn wake_at(&mut self, due: Timestamp) {
        self.next_due = self.next_due.min(due);
    }

    pub(crate) fn report_late(&mut self, step: StepId, items: u64) {
        self.late[step.0 as usize] = items;
    }
}
