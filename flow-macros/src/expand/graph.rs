//! The picture of the flow, for reports and errors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::graph::{Graph, Stream};
use crate::operators::{Body, Gives};
use crate::plan::Plan;

/// `{ const GRAPH: &Graph = &Graph { name: …, steps: &[…], streams: &[…], … }; GRAPH }`. The compiler looks at a constant apart
/// from the flow's types, of which it goes through all for each expression among them.
pub(super) fn print(root: &TokenStream, graph: &Graph, plan: &Plan) -> TokenStream {
    let steps = graph.steps.iter().map(|step| {
        let (name, operator) = (&step.id, step.operator.name);
        quote!(#root::__private::Step { name: #name, operator: #operator })
    });
    let streams = graph.streams.iter().zip(&plan.counted_by).filter(|(stream, _)| is_taken(graph, stream));
    let streams = streams.map(|(stream, counted_by)| {
        let (from, to, port) = (stream.from, &stream.to, port(graph, stream));
        quote! {
            #root::__private::Edge { from: #from, port: #port, to: &[#(#to),*], counted_by: &[#(#counted_by),*] }
        }
    });
    let sources = graph.steps.iter().filter(|step| step.operator.body == Body::Source).count();
    let (counters, meet) = (plan.counters, plan.sources_meet);
    quote! {{
        const GRAPH: &#root::__private::Graph = &#root::__private::Graph {
            name: #root::__private::concat!(
                #root::__private::module_path!(), ":", #root::__private::line!()
            ),
            steps: &[#(#steps),*],
            streams: &[#(#streams),*],
            sources: #sources,
            sources_meet: #meet,
            counters: #counters,
        };
        GRAPH
    }}
}

/// A port that nobody takes is no part of the picture.
fn is_taken(graph: &Graph, stream: &Stream) -> bool {
    !stream.to.is_empty() || !matches!(graph.steps[stream.from].operator.gives, Gives::Ports(_))
}

fn port(graph: &Graph, stream: &Stream) -> &'static str {
    let step = &graph.steps[stream.from];
    let Gives::Ports(ports) = step.operator.gives else { return "" };
    let place =
        step.outputs.iter().position(|output| std::ptr::eq(&raw const graph.streams[*output], stream));
    place.map_or("", |place| ports.ports[place].name)
}
