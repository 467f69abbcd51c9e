//! What the compiler must have nothing to say of, and an editor as much as it can.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::report::nowhere;
use crate::syntax::duration;

/// `kept!({ tokens } { nowhere })`, of which an editor takes the first and the compiler the second.
pub(super) fn kept(root: &TokenStream, tokens: &TokenStream) -> TokenStream {
    let (tokens, nowhere) = (duration::translate(tokens.clone(), root), nowhere(Span::call_site()));
    quote!(#root::__private::kept!({ #tokens } { #nowhere }))
}
