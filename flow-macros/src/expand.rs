//! The last pass: the code.
//!
//! ```text
//! {
//!     // the first half: each operator is called on the token of the stream it stands on
//!     let (numbers, mut numbers_op) = input(0, 0, TestingSource::new(0..10));
//!     let (odd, mut odd_op) = numbers.at(1).filter(|number| number % 2 != 0);
//!     let mut odd_output_op = odd.at(2).output(StdOutSink);
//!     let mut numbers_in = numbers.queue();
//!     // the second half: what is done with the items
//!     Flow::new(&Graph { … }, move |activation| {
//!         if activation.opens() { … return Ok(()); }
//!         numbers_op.poll(activation, &mut numbers_in)?;
//!         'numbers: for numbers in numbers_in.drain(..) {
//!             let Some(odd) = odd_op.call(numbers) else { continue 'numbers };
//!             odd_output_op.write(odd)?;
//!         }
//!         odd_output_op.flush(activation)?;
//!         Ok(())
//!     })
//! }
//! ```

mod body;
mod graph;
mod names;
mod stages;
mod tokens;

use proc_macro2::TokenStream;
use quote::quote;

use crate::graph::Graph;
use crate::plan::Plan;
use crate::report::Report;

/// The code of a flow.
pub(crate) fn flow(root: &TokenStream, graph: &Graph, plan: &Plan) -> TokenStream {
    let names = names::Names::new(graph, plan);
    let tokens = tokens::print(root, graph, plan, &names);
    let picture = graph::print(root, graph, plan);
    let pass = stages::print(root, graph, plan, &names);
    let state = names::state(graph, plan, &names);
    quote! {{
        #tokens
        let mut state = #root::__private::Some((#(#state,)*));
        #root::__private::Flow::new(#picture, move |activation| {
            let #root::__private::Some((#(mut #state,)*)) = state.take() else {
                return #root::__private::Ok(());
            };
            #pass
            state = #root::__private::Some((#(#state,)*));
            #root::__private::Ok(())
        })
    }}
}

/// What a block with errors expands to: something of a flow's type, and the errors.
pub(crate) fn broken(root: &TokenStream, report: &Report) -> TokenStream {
    let errors = report.to_tokens(root);
    quote! {{
        #errors
        #root::__private::broken()
    }}
}
