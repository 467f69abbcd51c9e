//! The names of arguments, which an editor shows the documentation of and completes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::reader::Reader;
use crate::graph::{Arguments, Bound, Given, Graph};
use crate::operators::{self, Absent, Constructor, Kind, Operator, Parameter, Word};
use crate::syntax::{Argument, Call, Link};

/// `arguments! { collect timeout max_size }`, and one more for a clock and for a windower. It is nothing to the
/// compiler; to an editor it is a value of a type with a field of each name.
pub(super) fn of_step(
    root: &TokenStream,
    operator: &'static Operator,
    arguments: &Arguments,
    reader: Reader,
) -> TokenStream {
    of(root, operator.name, operator.parameters, arguments, reader)
}

/// The same of a call that could not be tied in, with these words in the place of names.
pub(super) fn of_call(root: &TokenStream, operator: &Operator, call: &Call, words: &[Ident]) -> TokenStream {
    let named = call.arguments.iter().filter_map(|argument| argument.name.as_ref());
    statement(root, operator.name, operator.parameters, named.chain(words))
}

fn of(
    root: &TokenStream,
    owner: &str,
    parameters: &[Parameter],
    arguments: &Arguments,
    reader: Reader,
) -> TokenStream {
    let words: Vec<_> = match reader {
        Reader::Compiler => Vec::new(),
        Reader::Editor => {
            let bound = arguments.bound.iter().filter_map(|bound| begun_for(bound, parameters));
            let surplus = arguments.surplus.iter().filter_map(|argument| begun_in(argument, parameters));
            bound.chain(surplus).collect()
        }
    };
    let bound =
        arguments.bound.iter().filter(|bound| !is_method(bound)).filter_map(|bound| bound.name.as_ref());
    let surplus = arguments.surplus.iter().filter_map(|argument| argument.name.as_ref());
    let own = statement(root, owner, parameters, bound.chain(surplus).chain(&words));
    let inner = arguments.bound.iter().filter_map(|bound| match &bound.given {
        Given::Constructed { constructor: Constructor { name, parameters, .. }, arguments, .. } => {
            Some(of(root, name, parameters, arguments, reader))
        }
        _ => None,
    });
    quote!(#own #(#inner)*)
}

/// Nothing where there is one argument, which nobody needs a name for, and it is written without.
fn statement<'a>(
    root: &TokenStream,
    owner: &str,
    parameters: &[Parameter],
    names: impl Iterator<Item = &'a Ident>,
) -> TokenStream {
    let (owner, names) = (Ident::new(owner, Span::mixed_site()), names.collect::<Vec<_>>());
    if names.is_empty() && parameters.len() < 2 {
        return TokenStream::new();
    }
    quote!(#root::__private::arguments! { #owner #(#names)* })
}

/// Whether the name stands in the code already, as the method that takes the value.
fn is_method(bound: &Bound) -> bool {
    let is_value = matches!(bound.given, Given::Value { .. } | Given::Word { .. });
    is_value
        && (bound.parameter.absent == Absent::Option
            || matches!(bound.parameter.kind, Kind::Clock | Kind::Windower))
}

/// `editor::words::insert_mode::las`: where an editor finds the words that an argument may be.
pub(super) fn word(root: &TokenStream, parameter: &Parameter, tokens: &TokenStream) -> Option<TokenStream> {
    let is_word = tokens.is_empty() || syn::parse2::<Ident>(tokens.clone()).is_ok();
    let name = Ident::new(parameter.name, Span::mixed_site());
    let has_words = matches!(parameter.kind, Kind::Word(words) if words.iter().all(|known| !is_flag(known)));
    (is_word && has_words).then(|| quote!(#root::__private::editor::words::#name::#tokens))
}

fn is_flag(word: &Word) -> bool {
    matches!(word.word, "true" | "false")
}

/// `arguments! {}`, where there is an operator with a clock or a windower: it brings their names to an editor.
pub(super) fn constructors(root: &TokenStream, graph: &Graph) -> Option<TokenStream> {
    let takes_one = |operator: &Operator| {
        operator.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::Clock | Kind::Windower))
    };
    let loose = graph.loose.iter().flat_map(|loose| &loose.links).filter_map(|link| match link {
        Link::Call(call) => operators::find(&call.name.to_string()),
        _ => None,
    });
    let mut operators = graph.steps.iter().map(|step| step.operator).chain(loose);
    operators.any(takes_one).then(|| quote!(#root::__private::arguments! {}))
}

/// The word that is all of a value, where it looks like the beginning of an argument's name. One that is written to its
/// end is a variable.
pub(super) fn begun(value: &TokenStream, parameters: &[Parameter]) -> Option<Ident> {
    let word = syn::parse2::<Ident>(value.clone()).ok()?;
    let text = word.to_string();
    let begins = |parameter: &Parameter| parameter.name.chars().next() == text.chars().next();
    let is_begun = parameters.len() > 1
        && parameters.iter().any(begins)
        && parameters.iter().all(|parameter| parameter.name != text);
    is_begun.then_some(word)
}

/// The same of a parameter that has got the word.
pub(super) fn begun_for(bound: &Bound, parameters: &[Parameter]) -> Option<Ident> {
    match &bound.given {
        _ if bound.name.is_some() => None,
        Given::Value { tokens, .. } => begun(tokens, parameters),
        Given::Hole(Some(value)) => begun(&value.tokens, parameters),
        _ => None,
    }
}

/// The same of an argument as it is written.
pub(super) fn begun_in(argument: &Argument, parameters: &[Parameter]) -> Option<Ident> {
    if argument.name.is_some() { None } else { begun(&argument.value.tokens, parameters) }
}
