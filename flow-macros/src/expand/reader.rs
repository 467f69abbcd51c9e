//! Who reads the code: the compiler, or an editor.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::report::nowhere;
use crate::syntax::duration;

/// Who a block with errors is printed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// It must have nothing to say of what an error has been reported of.
    Compiler,
    /// It makes what it can of what is written. Up to the place where somebody types, the code has to stay the same
    /// to the letter while a block becomes sound: that is how an editor finds the place again.
    Editor,
}

impl Reader {
    /// Something that an error has been reported of.
    pub(super) fn kept(self, root: &TokenStream, tokens: &TokenStream) -> TokenStream {
        match self {
            Self::Compiler => nowhere(Span::call_site()).into_token_stream(),
            Self::Editor => duration::translate(tokens.clone(), root),
        }
    }
}
