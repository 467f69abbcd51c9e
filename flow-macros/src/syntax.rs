//! The first pass: tokens become statements.

mod argument;
mod chain;
pub(crate) mod duration;
mod refused;
mod statement;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::report::Report;

pub(crate) use argument::{Argument, Closure, Shape, Value};
pub(crate) use chain::{Call, Chain, Head, Link};
pub(crate) use statement::{Names, Statement};

/// A block as it is written.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) statements: Vec<Statement>,
    /// What could not be read.
    pub(crate) scraps: Vec<Scrap>,
}

/// Tokens that no statement could be made of, which has been reported.
pub(crate) struct Scrap {
    /// How many statements stand in front of it.
    pub(crate) place: usize,
    pub(crate) tokens: TokenStream,
    /// The names that it would have defined.
    pub(crate) names: Vec<Ident>,
}

impl Block {
    fn scrap(&mut self, tokens: TokenStream, names: Vec<Ident>) {
        if !tokens.is_empty() {
            self.scraps.push(Scrap { place: self.statements.len(), tokens, names });
        }
    }
}

/// Parts the path of the crate `flow`, which stands in brackets in front, from the block.
pub(crate) fn root(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = tokens.into_iter();
    match tokens.next() {
        Some(TokenTree::Group(path)) => (path.stream(), tokens.collect()),
        _ => unreachable!("`flow::dataflow!` puts its path in front: this is a bug in `flow`"),
    }
}

/// Reads the block, in braces or not.
pub(crate) fn parse(tokens: TokenStream, report: &mut Report) -> Block {
    let mut block = Block::default();
    for tokens in statement::split(without_braces(tokens)) {
        statement::parse(tokens, &mut block, report);
    }
    block
}

/// `dataflow!({ … })` is `dataflow! { … }`.
fn without_braces(tokens: TokenStream) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Brace => group.stream(),
        _ => tokens,
    }
}
