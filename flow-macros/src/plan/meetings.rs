//! Where two ways from one input meet again.
//!
//! Stage by stage, all items of a batch would arrive by the one way before any arrives by the other,
//! while they are to arrive as if each had travelled alone. Within one stage that is no question: there
//! each item goes all its ways before the next one comes.

use std::collections::BTreeSet;

use super::{Origin, Route, Stage, cuts_in_front_of};
use crate::graph::{Graph, StepId, StreamId};
use crate::operators::Body;

/// Whether two ways from one input meet again, and have been in different stages before.
pub(super) fn cross_stages(graph: &Graph, routes: &[Vec<Route>], sources: &[Vec<usize>]) -> bool {
    let stages = stages_of(graph, routes);
    graph.steps.iter().any(|step| {
        let ways: Vec<_> = step
            .inputs
            .iter()
            .map(|input| {
                let stream = input.stream;
                (stages[stream], &sources[graph.streams[stream].from])
            })
            .collect();
        let meet = |(one, from): &(StepId, &Vec<usize>), (other, also): &(StepId, &Vec<usize>)| {
            one != other && from.iter().any(|source| also.contains(source))
        };
        ways.iter().enumerate().any(|(place, one)| ways[place + 1..].iter().any(|other| meet(one, other)))
    })
}

/// Whether items of different sources meet in a step.
pub(super) fn of_sources(graph: &Graph, sources: &[Vec<usize>]) -> bool {
    graph.steps.iter().any(|step| {
        let mut heard = step.inputs.iter().map(|input| &sources[graph.streams[input.stream].from]);
        let first = heard.next();
        heard.any(|other| first.is_some_and(|first| first != other))
    })
}

/// For each stream, the first step of the stage that gives it.
fn stages_of(graph: &Graph, routes: &[Vec<Route>]) -> Vec<StepId> {
    let mut stages: Vec<StepId> = Vec::new();
    for stream in &graph.streams {
        let step = &graph.steps[stream.from];
        let inline = step
            .inputs
            .first()
            .filter(|input| matches!(route(graph, routes, input.stream, stream.from), Route::Inline));
        let stage = inline.map_or(stream.from, |input| stages[input.stream]);
        stages.push(stage);
    }
    stages
}

fn route(graph: &Graph, routes: &[Vec<Route>], stream: StreamId, step: StepId) -> Route {
    let place = graph.streams[stream].to.iter().position(|to| *to == step);
    place.map_or(Route::Inline, |place| routes[stream][place])
}

/// The stages, each behind all that it feeds; of two that a stream feeds, the one that is written first
/// comes first. Whoever always runs the first stage that has an item takes each item to the end of all
/// its ways before the next.
pub(super) fn nearest_to_the_end_first(graph: &Graph, routes: &[Vec<Route>]) -> Vec<Stage> {
    let mut walk = Walk { graph, routes, seen: BTreeSet::new(), stages: Vec::new() };
    for step in 0..graph.steps.len() {
        if graph.steps[step].operator.body == Body::Source {
            walk.outputs(step);
            walk.stages.push(Stage::Source(step));
        }
    }
    walk.stages
}

struct Walk<'a> {
    graph: &'a Graph,
    routes: &'a [Vec<Route>],
    seen: BTreeSet<(StepId, Option<(StreamId, usize)>)>,
    stages: Vec<Stage>,
}

impl Walk<'_> {
    /// Follows all that a step gives, to the end.
    fn outputs(&mut self, step: StepId) {
        for stream in &self.graph.steps[step].outputs {
            for (place, to) in self.graph.streams[*stream].to.iter().enumerate() {
                match self.routes[*stream][place] {
                    Route::Inline => self.through(*to),
                    Route::Wait => self.waiting(*to),
                    Route::Cut => self.cut(*to, *stream, place),
                }
            }
        }
    }

    /// A step that keeps nothing. What it makes of one item has a stage of its own where that may be several.
    fn through(&mut self, step: StepId) {
        let makes_several = matches!(self.graph.steps[step].operator.body, Body::Many | Body::Batch);
        self.outputs(step);
        if makes_several {
            self.stages.push(Stage::Queue(step, Origin::Made));
        }
    }

    /// The stages of a merge or a stateful step.
    fn waiting(&mut self, step: StepId) {
        if !self.seen.insert((step, None)) {
            return;
        }
        self.outputs(step);
        match self.graph.steps[step].operator.body {
            Body::Stateful => self.stages.extend([Stage::Emitted(step), Stage::Stateful(step)]),
            _ => self.stages.push(Stage::Queue(step, Origin::Merged)),
        }
    }

    /// The stage of a stream that was cut.
    fn cut(&mut self, step: StepId, stream: StreamId, place: usize) {
        if !self.seen.insert((step, Some((stream, place)))) {
            return;
        }
        match self.graph.steps[step].operator.body {
            Body::Merge | Body::Stateful => self.waiting(step),
            _ => self.through(step),
        }
        debug_assert!(
            !cuts_in_front_of(self.graph, self.routes, step).is_empty(),
            "a cut is in front of its step"
        );
        self.stages.push(Stage::Queue(step, Origin::Use(stream, place)));
    }
}
