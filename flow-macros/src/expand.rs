//! The last pass: the code.
//!
//! ```text
//! {
//!     // the first half: each operator is called on the token of the stream it stands on
//!     let (numbers, numbers_op) = Beginning::at(0).source(0).input(TestingSource::new(0..10));
//!     let (odd, odd_op) = numbers.at(1).filter(|number| number % 2 != 0);
//!     let odd_output_op = odd.at(2).output(StdOutSink);
//!     let numbers_in = numbers.queue();
//!     let mut state = Some((numbers_op, odd_op, odd_output_op, numbers_in));
//!     // the second half: what is done with the items
//!     Flow::new({ const GRAPH: &Graph = &Graph { … }; GRAPH }, move |activation| {
//!         let Some((mut numbers_op, …)) = state.take() else { return DONE };
//!         if activation.opens() { … }
//!         activation.stage(|activation| {
//!             let mut odd_count = 0;
//!             numbers_op.each(activation, 0, &mut numbers_in, |activation, numbers| {
//!                 'numbers: {
//!                     if !odd_op.keeps(&numbers) { break 'numbers; }
//!                     let odd = numbers;
//!                     odd_output_op.write(odd)?;
//!                     odd_count += 1;
//!                 }
//!                 DONE
//!             })?;
//!             activation.count(1, odd_count);
//!             DONE
//!         })?;
//!         odd_output_op.flush(activation)?;
//!         state = Some((numbers_op, odd_op, odd_output_op, numbers_in));
//!         DONE
//!     })
//! }
//! ```

mod arguments;
mod body;
mod graph;
mod loose;
mod names;
mod reader;
mod stages;
mod tokens;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use reader::Reader;

use crate::graph::Graph;
use crate::plan::Plan;
use crate::report::{Report, nowhere};

/// The code of a flow.
pub(crate) fn flow(root: &TokenStream, graph: &Graph, plan: &Plan) -> TokenStream {
    let names = names::Names::new(graph);
    let tokens = tokens::print(root, graph, plan, &names);
    let picture = graph::print(root, graph, plan);
    let pass = stages::print(root, graph, plan, &names);
    let state = names::state(graph, plan, &names);
    quote! {
        #root::__private::block! {
            {
                #tokens
                let mut state = #root::__private::Some((#(#state,)*));
                #root::__private::Flow::new(#picture, move |activation| {
                    let #root::__private::Some((#(mut #state,)*)) = state.take() else {
                        return #root::__private::DONE;
                    };
                    #pass
                    state = #root::__private::Some((#(#state,)*));
                    #root::__private::DONE
                })
            }
        }
    }
}

/// What a block with errors expands to: as much of the first half as there is, once for an editor and once for the
/// compiler, and something of a flow's type.
///
/// ```text
/// block! {
///     {
///         let (numbers, numbers_op) = Beginning::at(0).source(0).input(TestingSource::new(0..10));
///         let odd = nunbers.filter(|number| number % 2 != 0).0;
///         broken()
///     }
///     or {
///         let nowhere = compile_error! { "there is no stream named `nunbers`: did you mean `numbers`?" };
///         let (numbers, numbers_op) = Beginning::at(0).source(0).input(TestingSource::new(0..10));
///         let odd = nowhere.filter(|number| number % 2 != 0).0;
///         broken()
///     }
/// }
/// ```
///
/// What follows from an error is silent, because the compiler knows that `nowhere` is of no type.
pub(crate) fn broken(root: &TokenStream, graph: &Graph, report: &Report) -> TokenStream {
    let errors: Vec<_> = report.to_tokens(root).collect();
    let (first, others) =
        errors.split_first().map_or((None, errors.as_slice()), |(first, others)| (Some(first), others));
    let nowhere = nowhere(Span::call_site());
    let written = loose::print(root, graph, Reader::Editor);
    let checked = loose::print(root, graph, Reader::Compiler);
    quote! {
        #root::__private::block! {
            {
                #written
                #(#errors)*
                #root::__private::broken()
            }
            or {
                let #nowhere = #first;
                #checked
                #(#others)*
                #root::__private::broken()
            }
        }
    }
}
