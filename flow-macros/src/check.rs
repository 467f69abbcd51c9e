//! The third pass: what cannot be meant is refused.
//!
//! Types are not looked at here: they are rustc's, which knows them.

pub(crate) mod values;
mod wiring;

use crate::graph::Graph;
use crate::report::Report;

/// Reports all that is wrong with the graph.
pub(crate) fn run(graph: &Graph, report: &mut Report) {
    values::check(graph, report);
    wiring::check(graph, report);
}
