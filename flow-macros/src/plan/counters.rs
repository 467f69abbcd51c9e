//! Which streams have a counter of their own, and which sources a step hears from.

use crate::graph::Graph;
use crate::operators::Body;

/// For each stream, the counters whose sum is the number of its items; and how many counters there are.
/// A stream that has as many items as the one in front of it needs none of its own.
pub(super) fn assign(graph: &Graph) -> (Vec<Vec<usize>>, usize) {
    let mut counted_by: Vec<Vec<usize>> = Vec::new();
    let mut counters = 0;
    for stream in &graph.streams {
        let step = &graph.steps[stream.from];
        let inputs = step.inputs.iter().flat_map(|input| counted_by[input.stream].clone());
        let counted = match step.operator.body {
            Body::One | Body::Informed | Body::Merge => inputs.collect(),
            _ => {
                counters += 1;
                vec![counters - 1]
            }
        };
        counted_by.push(counted);
    }
    (counted_by, counters)
}

/// For each step, the numbers of the sources that it hears from.
pub(crate) fn sources(graph: &Graph) -> Vec<Vec<usize>> {
    let mut sources: Vec<Vec<usize>> = Vec::new();
    let mut number = 0;
    for step in &graph.steps {
        let mut heard: Vec<usize> = if step.operator.body == Body::Source {
            number += 1;
            vec![number - 1]
        } else {
            step.inputs.iter().flat_map(|input| sources[graph.streams[input.stream].from].clone()).collect()
        };
        heard.sort_unstable();
        heard.dedup();
        sources.push(heard);
    }
    sources
}
