//! The `dataflow!` macro: how a block becomes a loop.
//!
//! A block goes through five passes, each a function from one data type to the next:
//! `syntax` reads its tokens as statements, `graph` ties the statements into steps and streams,
//! `check` refuses what cannot be meant, `plan` cuts the graph into stages, and `expand` prints the
//! code. Every pass reports all that it finds to `report`; after the checks, a block with errors stops.

#![forbid(unsafe_code)]

mod check;
mod expand;
mod graph;
mod operators;
mod plan;
mod report;
mod synonyms;
mod syntax;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use report::Report;

/// What `flow::dataflow!` hands its tokens to, behind the path of the crate `flow` in brackets.
#[proc_macro]
pub fn dataflow(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    compile(tokens.into()).into()
}

fn compile(tokens: TokenStream) -> TokenStream {
    let (root, tokens) = syntax::root(tokens);
    let mut report = Report::default();
    let block = syntax::parse(tokens, &mut report);
    let graph = graph::build(&block, &mut report);
    check::run(&graph, &mut report);
    if report.has_errors() {
        return expand::broken(&root, &graph, &report);
    }
    let plan = plan::stages(&graph);
    expand::flow(&root, &graph, &plan)
}
