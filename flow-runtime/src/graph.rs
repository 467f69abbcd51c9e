//! The picture of a flow that the macro leaves behind: its steps and streams by name.

/// The place of a step in its flow's [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepId(pub(crate) u32);

/// A flow's steps and streams, in the order in which they are written.
#[derive(Debug)]
pub struct Graph {
    /// Module and line of the block.
    pub name: &'static str,
    /// One for every operator.
    pub steps: &'static [Step],
    /// One for everything an operator gives.
    pub streams: &'static [Edge],
    /// How many sources the flow has.
    pub sources: usize,
    /// Whether items of different sources meet in a step, so that the sources' turns can be seen.
    pub sources_meet: bool,
    /// How many counters the streams share.
    pub counters: usize,
}

/// One operator of a flow.
#[derive(Debug)]
pub struct Step {
    /// What the block calls it: the stream's name, or that of the stream it hangs on and its own.
    pub name: &'static str,
    /// The operator, as written.
    pub operator: &'static str,
}

/// One stream of a flow.
#[derive(Debug)]
pub struct Edge {
    /// The place of the step that gives it.
    pub from: usize,
    /// The port, where a step has several.
    pub port: &'static str,
    /// The places of the steps that take it, in the order in which they are written.
    pub to: &'static [usize],
    /// The counters whose sum is the number of its items.
    pub counted_by: &'static [usize],
}
