//! The second half: the stages, one below the other, each a closure of its own.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{Bodies, Skip};
use super::names::Names;
use crate::graph::{Graph, StepId};
use crate::operators::Body;
use crate::plan::{Mode, Origin, Plan, Stage};

/// All that one pass does.
pub(super) fn print(root: &TokenStream, graph: &Graph, plan: &Plan, names: &Names) -> TokenStream {
    let printer = Printer { root, graph, plan, names };
    let opening = printer.opening();
    let stages = match plan.mode {
        Mode::Batches => printer.apart(),
        Mode::Items => printer.schedule(),
    };
    let flushing = printer.steps(Body::Sink).map(|step| {
        let op = names.operator(step);
        quote!(#op.flush(activation)?;)
    });
    let flushing: TokenStream = flushing.collect();
    quote! {
        #opening
        #stages
        #flushing
    }
}

struct Printer<'a> {
    root: &'a TokenStream,
    graph: &'a Graph,
    plan: &'a Plan,
    names: &'a Names,
}

impl<'a> Printer<'a> {
    fn steps(&self, body: Body) -> impl Iterator<Item = StepId> + use<'a> {
        let graph = self.graph;
        (0..graph.steps.len()).filter(move |step| graph.steps[*step].operator.body == body)
    }

    /// `activation.stage(|activation| { … DONE })?;`, for each stage that has no closure without it: the compiler checks
    /// what borrows what in each closure alone, and would take much longer for one long one.
    fn apart(&self) -> TokenStream {
        let root = self.root;
        let bodies = self.plan.stages.iter().map(|stage| {
            let body = self.batch(*stage);
            if matches!(stage, Stage::Stateful(_) | Stage::Emitted(_)) {
                return body;
            }
            quote! {
                activation.stage(|activation| {
                    #body
                    #root::__private::DONE
                })?;
            }
        });
        bodies.collect()
    }

    /// Sources open first. Stateful steps open as it is their turn, and sinks last, where they flush, so that none empties
    /// its file for a flow that cannot begin.
    fn opening(&self) -> TokenStream {
        let steps = [Body::Source, Body::Informed].into_iter().flat_map(|body| self.steps(body));
        let ops: Vec<_> = steps.map(|step| self.names.operator(step)).collect();
        quote! {
            if activation.opens() {
                #(#ops.open(activation)?;)*
            }
        }
    }

    /// A stage that takes all that there is.
    fn batch(&self, stage: Stage) -> TokenStream {
        let Self { root, graph, names, .. } = self;
        match stage {
            Stage::Source(step) if !self.plan.sources_meet => self.handed_on(step),
            Stage::Source(step) => {
                let (op, batch) = (names.operator(step), names.waiting(step));
                let stream = graph.steps[step].outputs[0];
                let counter = self.plan.counted_by[stream][0];
                let drain = self.drain(&quote!(#batch), stream);
                quote! {
                    #op.poll(activation, &mut #batch)?;
                    activation.count(#counter, #batch.len());
                    #drain
                }
            }
            Stage::Queue(step, origin) => {
                let queue = names.queue(step, origin);
                match origin {
                    Origin::Merged | Origin::Made => {
                        self.drain(&quote!(#queue), graph.steps[step].outputs[0])
                    }
                    Origin::Together => {
                        let op = names.operator(step);
                        let mut bodies = self.bodies();
                        let stream = graph.steps[step].outputs[0];
                        let skip = Skip::to(names.scope(stream, None));
                        let item = names.item(stream);
                        let body = bodies.made(stream, &skip);
                        let made = quote!(#op.call(activation, &mut #queue));
                        bodies.looped(&skip, &quote!(#item), &made, body)
                    }
                    Origin::Use(stream, place) => {
                        let mut bodies = self.bodies();
                        let skip = Skip::to(names.scope(stream, Some(place)));
                        let item = names.item(stream);
                        let body = bodies.behind_cut(stream, place, &skip);
                        bodies.looped(&skip, &quote!(#item), &quote!(#queue.drain(..)), body)
                    }
                }
            }
            // The stage behind it has its step go on, and takes what comes of that.
            Stage::Stateful(_) => TokenStream::new(),
            Stage::Emitted(step) => {
                let (op, sources) = (names.operator(step), &self.plan.sources[step]);
                let mut bodies = self.bodies();
                let skip = Skip::to(names.scope(graph.steps[step].outputs[0], None));
                let emission = bodies.emission(step);
                let body = skip.block(bodies.emitted(step, &skip));
                // One call, for each is looked up by the compiler among all that the step's type must be.
                bodies.counted(&quote! {
                    #op.each(activation, &[#(#sources),*], |activation, #emission| {
                        #body
                        #root::__private::DONE
                    })?;
                })
            }
        }
    }

    /// `source.each(activation, 0, &mut batch, |activation, item| { … DONE })?;`: a source that makes its items one by
    /// one hands each on as soon as it is made. Where the items of several sources meet, each gives one in turn instead.
    fn handed_on(&self, step: StepId) -> TokenStream {
        let Self { root, graph, names, .. } = self;
        let (op, batch) = (names.operator(step), names.waiting(step));
        let stream = graph.steps[step].outputs[0];
        let (counter, item) = (self.plan.counted_by[stream][0], names.item(stream));
        let mut bodies = self.bodies();
        let skip = Skip::to(names.scope(stream, None));
        let body = skip.block(bodies.stream(stream, &skip));
        bodies.counted(&quote! {
            #op.each(activation, #counter, &mut #batch, |activation, #item| {
                #body
                #root::__private::DONE
            })?;
        })
    }

    /// `for item in queue.drain(..) { … }`
    fn drain(&self, queue: &TokenStream, stream: usize) -> TokenStream {
        let mut bodies = self.bodies();
        let skip = Skip::to(self.names.scope(stream, None));
        let item = self.names.item(stream);
        let body = bodies.stream(stream, &skip);
        bodies.looped(&skip, &quote!(#item), &quote!(#queue.drain(..)), body)
    }

    fn bodies(&self) -> Bodies<'a> {
        Bodies::new(self.root, self.graph, self.plan, self.names)
    }

    /// Runs the first stage that has an item until none has, and lets the stateful steps settle in turn.
    fn schedule(&self) -> TokenStream {
        let sources = self.steps(Body::Source).map(|step| {
            let (op, batch) = (self.names.operator(step), self.names.waiting(step));
            let next = Names::fifo(&batch);
            let counter = self.plan.counted_by[self.graph.steps[step].outputs[0]][0];
            quote! {
                #op.poll(activation, &mut #batch)?;
                activation.count(#counter, #batch.len());
                #next.append(&mut #batch);
            }
        });
        let stages = self.plan.stages.iter().map(|stage| self.item(*stage));
        let settling = self.steps(Body::Stateful).enumerate().map(|(turn, step)| {
            let (op, out) = (self.names.operator(step), self.names.emitted(step));
            let sources = &self.plan.sources[step];
            quote! {
                if settled == #turn {
                    if !#op.settle(activation, &[#(#sources),*], &mut #out)? {
                        settled += 1;
                    }
                    continue 'schedule;
                }
            }
        });
        quote! {
            #(#sources)*
            let mut settled = 0usize;
            'schedule: loop {
                #(#stages)*
                #(#settling)*
                break 'schedule;
            }
        }
    }

    /// A stage that takes one item, if there is one.
    fn item(&self, stage: Stage) -> TokenStream {
        let Self { root, graph, names, .. } = self;
        let (queue, item, body) = match stage {
            Stage::Source(step) => {
                let stream = graph.steps[step].outputs[0];
                let skip = Skip::to(names.scope(stream, None));
                let body = skip.block(self.bodies().stream(stream, &skip));
                (Names::fifo(&names.waiting(step)), names.item(stream), body)
            }
            Stage::Queue(step, origin @ (Origin::Merged | Origin::Together | Origin::Made)) => {
                let stream = graph.steps[step].outputs[0];
                let skip = Skip::to(names.scope(stream, None));
                let body = skip.block(self.bodies().stream(stream, &skip));
                (names.queue(step, origin), names.item(stream), body)
            }
            Stage::Queue(step, origin @ Origin::Use(stream, place)) => {
                let skip = Skip::to(names.scope(stream, Some(place)));
                let body = skip.block(self.bodies().behind_cut(stream, place, &skip));
                (names.queue(step, origin), names.item(stream), body)
            }
            Stage::Stateful(step) => {
                let item = names.item(graph.steps[step].inputs[0].stream);
                let body = self.bodies().enter(step, &item);
                (Names::fifo(&names.waiting(step)), item, body)
            }
            Stage::Emitted(step) => {
                let op = names.operator(step);
                let skip = Skip::to(names.scope(graph.steps[step].outputs[0], None));
                let mut bodies = self.bodies();
                let emission = bodies.emission(step);
                let body = skip.block(bodies.emitted(step, &skip));
                let body = quote! {
                    let #emission = #op.emitted(emission);
                    #body
                };
                (names.emitted(step), quote::format_ident!("emission"), body)
            }
        };
        quote! {
            if let #root::__private::Some(#item) = #queue.pop() {
                #body
                continue 'schedule;
            }
        }
    }
}
