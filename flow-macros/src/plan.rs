//! The fourth pass: the graph is cut into stages.
//!
//! A stage takes items from one place, a source or a queue, and takes each through as many operators as
//! can stand one behind the other. The cuts are where code would otherwise stand twice, or where items
//! must wait: in front of a merge and of a step that takes them together, in front of and behind a stateful
//! step.

mod counters;
mod meetings;

use crate::graph::{Graph, StepId, StreamId};
use crate::operators::Body;

pub(crate) use counters::sources;

/// How many operators that open a scope of their own may stand inside each other, before a cut keeps the
/// code from growing sideways.
const DEPTH: usize = 8;

/// A graph, and how it is run.
pub(crate) struct Plan {
    pub(crate) mode: Mode,
    /// In the order in which they are to be run.
    pub(crate) stages: Vec<Stage>,
    /// For each stream, what happens to its items at each of the steps that take it.
    pub(crate) routes: Vec<Vec<Route>>,
    /// For each stream, the counters whose sum is the number of its items.
    pub(crate) counted_by: Vec<Vec<usize>>,
    pub(crate) counters: usize,
    /// For each step, the numbers of the sources that it hears from.
    pub(crate) sources: Vec<Vec<usize>>,
    /// Whether items of different sources meet in a step.
    pub(crate) sources_meet: bool,
}

/// How far items go before the next ones follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Stage by stage, with all that a source has at hand: the fast way.
    Batches,
    /// Item by item: two ways from one input meet again, and their items must stay in order.
    Items,
}

/// A piece of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// What comes out of a source.
    Source(StepId),
    /// What waits in front of a merge, of a step that takes items together, or of one that a cut was made for.
    Queue(StepId, Origin),
    /// A stateful step takes what waits for it.
    Stateful(StepId),
    /// What a stateful step has emitted.
    Emitted(StepId),
}

/// Whose items wait in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Those of all that a merge takes.
    Merged,
    /// Those that a step takes together.
    Together,
    /// Those that a step has made of one item: each is to be gone to the end before the next.
    Made,
    /// Those of one stream, at one of its uses.
    Use(StreamId, usize),
}

/// What happens to a stream's items at one of the steps that take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// They go through at once.
    Inline,
    /// They wait in front of the step, which is a merge, a stateful one or one that takes items together.
    Wait,
    /// They wait in a queue of their own.
    Cut,
}

/// Cuts the graph into stages.
pub(crate) fn stages(graph: &Graph) -> Plan {
    let sources = counters::sources(graph);
    let (counted_by, counters) = counters::assign(graph);
    let mut routes = routes(graph);
    let mut mode = Mode::Batches;
    if meetings::cross_stages(graph, &routes, &sources) {
        mode = Mode::Items;
        cut_at_forks(graph, &mut routes);
        take_one_by_one(graph, &mut routes);
    }
    let stages = match mode {
        Mode::Batches => in_written_order(graph, &routes),
        Mode::Items => meetings::nearest_to_the_end_first(graph, &routes),
    };
    let sources_meet = meetings::of_sources(graph, &sources);
    Plan { mode, stages, routes, counted_by, counters, sources, sources_meet }
}

fn routes(graph: &Graph) -> Vec<Vec<Route>> {
    let mut depths = vec![0; graph.streams.len()];
    let mut routes: Vec<Vec<Route>> = graph.streams.iter().map(|_| Vec::new()).collect();
    // Streams stand in the order of the steps that give them, so that a step's input has its depth.
    for (id, stream) in graph.streams.iter().enumerate() {
        let is_fork = stream.to.len() > 1;
        for step in &stream.to {
            let body = graph.steps[*step].operator.body;
            let deeper = usize::from(is_fork) + usize::from(matches!(body, Body::Many | Body::Choice));
            let (route, depth) = match body {
                Body::Merge | Body::Stateful | Body::Batch => (Route::Wait, 0),
                _ if deeper > 0 && depths[id] + deeper > DEPTH => (Route::Cut, deeper),
                _ => (Route::Inline, depths[id] + deeper),
            };
            routes[id].push(route);
            graph.steps[*step].outputs.iter().for_each(|output| depths[*output] = depth);
        }
    }
    routes
}

/// Where a stream is taken several times, the first of its ways has to be gone to its end before the
/// second begins: each gets a queue of its own.
fn cut_at_forks(graph: &Graph, routes: &mut [Vec<Route>]) {
    for (stream, routes) in graph.streams.iter().zip(routes) {
        if stream.to.len() > 1 {
            routes.fill(Route::Cut);
        }
    }
}

/// Where each item is to be gone to its end before the next, none waits to be taken with others.
fn take_one_by_one(graph: &Graph, routes: &mut [Vec<Route>]) {
    for (stream, routes) in graph.streams.iter().zip(routes) {
        for (step, route) in stream.to.iter().zip(routes) {
            if graph.steps[*step].operator.body == Body::Batch && *route == Route::Wait {
                *route = Route::Inline;
            }
        }
    }
}

/// The stages in the order of their first steps: what fills a queue comes before what empties it.
fn in_written_order(graph: &Graph, routes: &[Vec<Route>]) -> Vec<Stage> {
    let mut stages = Vec::new();
    for step in 0..graph.steps.len() {
        stages.extend(cuts_in_front_of(graph, routes, step));
        match graph.steps[step].operator.body {
            Body::Source => stages.push(Stage::Source(step)),
            Body::Merge => stages.push(Stage::Queue(step, Origin::Merged)),
            Body::Batch => stages.push(Stage::Queue(step, Origin::Together)),
            Body::Stateful => stages.extend([Stage::Stateful(step), Stage::Emitted(step)]),
            _ => {}
        }
    }
    stages
}

/// The queues of streams that were cut in front of a step.
fn cuts_in_front_of(graph: &Graph, routes: &[Vec<Route>], step: StepId) -> Vec<Stage> {
    let mut inputs: Vec<StreamId> = graph.steps[step].inputs.iter().map(|input| input.stream).collect();
    inputs.dedup();
    let uses = inputs.iter().flat_map(|stream| {
        let places = graph.streams[*stream].to.iter().enumerate().filter(|(_, to)| **to == step);
        places.map(|(place, _)| (*stream, place))
    });
    let cut = uses.filter(|(stream, place)| routes[*stream][*place] == Route::Cut);
    cut.map(|(stream, place)| Stage::Queue(step, Origin::Use(stream, place))).collect()
}
