//! What a run says of itself when it is over.

use std::fmt;

use crate::graph::Graph;

/// How many items went in and out at each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    flow: String,
    steps: Vec<StepReport>,
}

/// One step's part of a [`Report`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReport {
    /// The step's name.
    pub step: &'static str,
    /// Its operator.
    pub operator: &'static str,
    /// Items that went in.
    pub items_in: u64,
    /// Items that came out, of all ports together.
    pub items_out: u64,
    /// Items that came out of each port, where the step has several: those that somebody takes.
    pub ports: Vec<(&'static str, u64)>,
    /// Late items that nobody took. Only window steps have any.
    pub late_untaken: u64,
}

impl Report {
    pub(crate) fn new(flow: &str, graph: &Graph, counts: &[u64], late: &[u64]) -> Self {
        let mut steps: Vec<_> = (graph.steps.iter().zip(late))
            .map(|(step, late)| StepReport {
                step: step.name,
                operator: step.operator,
                items_in: 0,
                items_out: 0,
                ports: Vec::new(),
                late_untaken: *late,
            })
            .collect();
        for edge in graph.streams {
            let items = edge.counted_by.iter().map(|counter| counts[*counter]).sum();
            steps[edge.from].items_out += items;
            if !edge.port.is_empty() {
                steps[edge.from].ports.push((edge.port, items));
            }
            for to in edge.to {
                steps[*to].items_in += items;
            }
        }
        Self { flow: flow.to_owned(), steps }
    }

    /// The flow's name.
    #[must_use]
    pub fn flow(&self) -> &str {
        &self.flow
    }

    /// The steps, in the order in which they are written.
    #[must_use]
    pub fn steps(&self) -> &[StepReport] {
        &self.steps
    }

    /// The step of this name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&StepReport> {
        self.steps.iter().find(|step| step.step == name)
    }

    /// Late items that nobody took, of all steps together.
    #[must_use]
    pub fn late_untaken(&self) -> u64 {
        self.steps.iter().map(|step| step.late_untaken).sum()
    }
}

/// A table, a line a step.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.steps.iter().map(|step| step.step.len()).max().unwrap_or(0).max(4);
        let operators = self.steps.iter().map(|step| step.operator.len()).max().unwrap_or(0).max(8);
        writeln!(f, "flow `{}`", self.flow)?;
        writeln!(f, "  {:names$}  {:operators$}  {:>12}  {:>12}", "step", "operator", "in", "out")?;
        for step in &self.steps {
            let StepReport { step: name, operator, items_in, items_out, .. } = step;
            write!(f, "  {name:names$}  {operator:operators$}  {items_in:>12}  {items_out:>12}")?;
            for (port, items) in &step.ports {
                write!(f, "  {port}: {items}")?;
            }
            if step.late_untaken > 0 {
                write!(f, "  late, taken by nobody: {}", step.late_untaken)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
