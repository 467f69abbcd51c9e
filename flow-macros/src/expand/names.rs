//! What the expansion calls its variables.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::Lifetime;

use crate::graph::{Graph, StepId, StreamId, variable};
use crate::operators::Body;
use crate::plan::{Mode, Origin, Plan, Stage};

/// Names for all that the macro makes. None of them can meet a name of the user's.
pub(super) struct Names {
    steps: Vec<Ident>,
    streams: Vec<Ident>,
}

impl Names {
    pub(super) fn new(graph: &Graph) -> Self {
        let mut taken = BTreeSet::new();
        let streams: Vec<_> = (graph.streams.iter())
            .map(|stream| match &stream.name {
                Some(name) => unique(&item_name(&name.to_string()), &mut taken),
                None => unique(&item_name(&stream.id), &mut taken),
            })
            .collect();
        let mut taken = BTreeSet::new();
        let steps = graph.steps.iter().map(|step| unique(&variable(&step.id), &mut taken)).collect();
        Self { steps, streams }
    }

    /// What a step has left behind.
    pub(super) fn operator(&self, step: StepId) -> Ident {
        format_ident!("{}_op", self.steps[step])
    }

    /// The streams that meet in a step, side by side. It is as the user's word for the step, so that errors at
    /// the whole of a call stand where that stands; nobody calls a variable so.
    pub(super) fn sides(&self, step: StepId, word: Span) -> Ident {
        format_ident!("__{}_sides", self.steps[step], span = word)
    }

    /// What waits in front of a step.
    pub(super) fn waiting(&self, step: StepId) -> Ident {
        format_ident!("{}_in", self.steps[step])
    }

    /// What a stateful step has emitted, where items go one by one.
    pub(super) fn emitted(&self, step: StepId) -> Ident {
        format_ident!("{}_out", self.steps[step])
    }

    /// What stands between two stages of a flow that goes item by item, where the batch itself is kept
    /// under the plain name.
    pub(super) fn fifo(batch: &Ident) -> Ident {
        format_ident!("{}_next", batch)
    }

    /// What waits in a queue.
    pub(super) fn queue(&self, step: StepId, origin: Origin) -> Ident {
        match origin {
            Origin::Merged | Origin::Together => self.waiting(step),
            Origin::Made => format_ident!("{}_made", self.steps[step]),
            Origin::Use(stream, place) => format_ident!("{}_in_{}_{}", self.steps[step], stream, place),
        }
    }

    /// Where items wait in front of a stage, and a source's batch. What waits in front of a stateful step, and what has
    /// come out of it, it keeps itself, unless items go one by one.
    pub(super) fn places(&self, mode: Mode, stage: Stage) -> Vec<Ident> {
        match (stage, mode) {
            (Stage::Source(step), Mode::Batches) => vec![self.waiting(step)],
            (Stage::Source(step), Mode::Items) => vec![Self::fifo(&self.waiting(step)), self.waiting(step)],
            (Stage::Stateful(_) | Stage::Emitted(_), Mode::Batches) => Vec::new(),
            (Stage::Stateful(step), Mode::Items) => vec![Self::fifo(&self.waiting(step))],
            (Stage::Emitted(step), Mode::Items) => vec![self.emitted(step)],
            (Stage::Queue(step, origin), _) => vec![self.queue(step, origin)],
        }
    }

    /// What takes the items of a merge's input into it.
    pub(super) fn joint(&self, step: StepId, place: usize) -> Ident {
        format_ident!("{}_from_{}", self.steps[step], place)
    }

    /// An item of a stream.
    pub(super) fn item(&self, stream: StreamId) -> Ident {
        self.streams[stream].clone()
    }

    /// The local counter of a stream.
    pub(super) fn count(&self, stream: StreamId) -> Ident {
        format_ident!("{}_count", self.streams[stream])
    }

    /// The scope in which an item of a stream is at hand, or one of its copies.
    pub(super) fn scope(&self, stream: StreamId, place: Option<usize>) -> Lifetime {
        let name = match place {
            None => format!("'{}", self.streams[stream]),
            Some(place) => format!("'{}_{place}", self.streams[stream]),
        };
        Lifetime::new(&name, Span::mixed_site())
    }
}

/// All that a flow keeps from one pass to the next. A pass has it in variables of its own, where the
/// compiler can keep in registers what a loop changes.
pub(super) fn state(graph: &Graph, plan: &Plan, names: &Names) -> Vec<Ident> {
    let keeps_something = |step: &StepId| graph.steps[*step].operator.body != Body::Merge;
    let operators = (0..graph.steps.len()).filter(keeps_something).map(|step| names.operator(step));
    let places = plan.stages.iter().flat_map(|stage| names.places(plan.mode, *stage));
    operators.chain(places).collect()
}

/// A name for a stream's items that no step's variable has, whatever the stream is called: those end with a
/// word of the macro's own, or with numbers behind one.
fn item_name(id: &str) -> String {
    let name = variable(id);
    let word = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '_');
    let is_ours =
        ["_op", "_in", "_out", "_next", "_count", "_from", "_made"].iter().any(|ours| word.ends_with(ours));
    if is_ours || name == "activation" { format!("{name}_item") } else { name }
}

fn unique(name: &str, taken: &mut BTreeSet<String>) -> Ident {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or_else(|| name.to_owned());
    let ident = Ident::new(&free, Span::mixed_site());
    taken.insert(free);
    ident
}
