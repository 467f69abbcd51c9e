//! Streams that lead nowhere.

use proc_macro2::Span;

use crate::graph::{Bound, Graph, Step, Stream};
use crate::operators::{Body, Gives};
use crate::report::Report;

pub(super) fn check(graph: &Graph, report: &mut Report) {
    if graph.is_incomplete {
        // What seems to be missing may be in a statement that has an error already.
        return;
    }
    if graph.steps.is_empty() {
        let message = "a flow needs at least one input and one output: \
                       `let items = input(source); items.output(sink);`";
        return report.error(Span::call_site(), message);
    }
    for (span, step) in &graph.loose_ends {
        loose_end(&graph.steps[*step], *span, report);
    }
    for step in &graph.steps {
        outputs(graph, step, report);
    }
}

/// A chain that ends without an output.
fn loose_end(step: &Step, span: Span, report: &mut Report) {
    if !step.operator.may_end {
        report.error(span, "this stream goes nowhere: end it with `.output(sink)`, or name it with `let`");
    }
}

fn outputs(graph: &Graph, step: &Step, report: &mut Report) {
    let streams: Vec<&Stream> = step.outputs.iter().map(|stream| &graph.streams[*stream]).collect();
    let is_loose = graph.loose_ends.iter().any(|(_, loose)| graph.steps[*loose].id == step.id);
    let unused = streams.iter().filter(|stream| stream.to.is_empty() && !is_loose && !step.operator.may_end);
    for name in unused.filter_map(|stream| stream.name.as_ref()) {
        report.error(name.span(), format!("`{name}` is never used: end it with `{name}.output(sink);`"));
    }
    let Gives::Ports(ports) = step.operator.gives else { return };
    if is_loose || streams.iter().all(|stream| stream.to.is_empty() && stream.name.is_none()) {
        if !is_loose {
            let port = ports.ports[0].name;
            match &step.bound {
                Some(name) => {
                    let message =
                        format!("`{name}` is never used: take one of its streams, as in `{name}.{port}`");
                    report.error(name.span(), message);
                }
                None => {
                    let message =
                        format!("nobody takes any of the streams of this `{}`: name one of them", step.name);
                    report.error(step.name.span(), message);
                }
            }
        }
        return;
    }
    for (port, stream) in ports.ports.iter().zip(&streams) {
        if port.is_optional() && stream.to.is_empty() && stream.name.is_none() {
            let name = port.name;
            let span = step.arguments.option(name).and_then(Bound::span).unwrap_or(step.name.span());
            let message = format!(
                "nobody takes the stream `{name}` of this `{}`: take it, or leave out `{name}`",
                step.name
            );
            report.error(span, message);
        }
        if port.required && stream.to.is_empty() && stream.name.is_none() {
            let instead = match step.operator.body {
                Body::Choice if step.operator.name == "branch" => ": use `filter` to take one of them only",
                _ => ": nothing is dropped in silence, end it with `.output(sink)` or `.inspect(…)`",
            };
            let message =
                format!("nobody takes the stream `{}` of this `{}`{instead}", port.name, step.operator.name);
            report.error(step.name.span(), message);
        }
    }
}
