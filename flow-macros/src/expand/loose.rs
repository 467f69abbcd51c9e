//! A block with errors: what could be tied in, and between it what could not.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Item;

use super::arguments::{self, begun_in};
use super::names::Names;
use super::reader::Reader;
use super::tokens::Printer;
use crate::graph::{Arguments, Front, Given, Graph, Loose};
use crate::operators::{self, Body, Gives, OPERATORS, Operator, Parameter};
use crate::plan;
use crate::report::nowhere;
use crate::syntax::{Argument, Call, Link, Shape, Value, duration};

/// A statement for each step and for each thing that could not be tied in, in the order in which they are written.
pub(super) fn print(root: &TokenStream, graph: &Graph, reader: Reader) -> TokenStream {
    let (names, sources) = (Names::new(graph), plan::sources(graph));
    let steps = Printer { root, graph, sources: &sources, names: &names, reader };
    let printer = LoosePrinter { root, reader, words: words(graph) };
    let mut loose = graph.loose.iter().peekable();
    let mut code = arguments::constructors(root, graph).unwrap_or_default();
    for step in 0..=graph.steps.len() {
        while let Some(loose) = loose.next_if(|loose| loose.place <= step) {
            code.extend(printer.print(loose));
        }
        if step < graph.steps.len() {
            code.extend(steps.step(step));
            code.extend(printer.surplus(graph.steps[step].operator.parameters, &graph.steps[step].arguments));
        }
    }
    code
}

/// The names that the block defines, also those that mean nothing to the compiler.
fn words(graph: &Graph) -> BTreeSet<String> {
    let streams = graph.streams.iter().filter_map(|stream| stream.name.as_ref());
    let steps = graph.steps.iter().filter_map(|step| step.bound.as_ref());
    let loose = graph.loose.iter().flat_map(|loose| &loose.names);
    streams.chain(steps).chain(loose).map(Ident::to_string).collect()
}

struct LoosePrinter<'a> {
    root: &'a TokenStream,
    reader: Reader,
    words: BTreeSet<String>,
}

impl LoosePrinter<'_> {
    fn print(&self, Loose { front, links, names, written, .. }: &Loose) -> TokenStream {
        if let Some(written) = written {
            return self.scrap(&quote!(let _: #written), &[]);
        }
        let expression = match front {
            Front::Scrap(tokens) => return item(tokens).unwrap_or_else(|| self.scrap(tokens, names)),
            Front::Stream(tokens) => tokens.clone(),
            Front::End => nowhere(Span::call_site()).into_token_stream(),
            Front::Beginning => {
                let root = self.root;
                self.kept(&quote!(#root::__private::Beginning::at(0u32)))
            }
            Front::Written(tokens) if self.reader == Reader::Editor && self.begins_a_chain(tokens) => {
                let root = self.root;
                quote!(#root::__private::editor::Heads.#tokens)
            }
            Front::Written(tokens) => self.kept(tokens),
        };
        let argument_names: TokenStream = links.iter().map(|link| self.names(link)).collect();
        let expression = links.iter().fold(expression, |front, link| self.link(&front, link));
        let definition = match names.as_slice() {
            [] => quote!(#expression;),
            [name] => quote!(let #name = #expression;),
            names => quote!(let (#(#names),*) = #expression;),
        };
        quote!(#argument_names #definition)
    }

    /// The names of a link's arguments.
    fn names(&self, link: &Link) -> TokenStream {
        let Link::Call(call) = link else { return TokenStream::new() };
        let Some(operator) = operators::find(&call.name.to_string()) else { return TokenStream::new() };
        arguments::of_call(self.root, operator, call, &self.begun(Some(operator), &call.arguments))
    }

    fn kept(&self, tokens: &TokenStream) -> TokenStream {
        self.reader.kept(self.root, tokens)
    }

    /// Whether a word is none of the block's and looks more like an operator that begins a chain than like any stream:
    /// somebody is about to write that, and an editor completes it where it hangs on what has these operators.
    fn begins_a_chain(&self, tokens: &TokenStream) -> bool {
        let Ok(word) = syn::parse2::<Ident>(tokens.clone()) else { return false };
        let word = word.to_string();
        let operators = OPERATORS.iter().filter(|operator| operator.begins_a_chain());
        let nearest = operators.map(|operator| in_common(&word, operator.name)).max().unwrap_or(0);
        !self.words.contains(&word) && self.words.iter().all(|stream| in_common(&word, stream) < nearest)
    }

    /// A statement that cannot be read: for the compiler no more than the names that it would have defined.
    fn scrap(&self, tokens: &TokenStream, names: &[Ident]) -> TokenStream {
        if self.reader == Reader::Editor {
            return quote!(#tokens;);
        }
        let (names, nowhere) = (names.iter().filter(|name| is_variable(name)), nowhere(Span::call_site()));
        quote!(#(let #names = #nowhere;)*)
    }

    /// `front.operator(…).0`, which is the stream behind it.
    fn link(&self, front: &TokenStream, link: &Link) -> TokenStream {
        let (name, hung) = match link {
            Link::Dangling(tokens) => return self.kept(&quote!(#front #tokens)),
            Link::Port(name) => (name, quote!(#front.#name)),
            Link::Call(call) => (&call.name, self.call(front, call)),
        };
        // What is no word cannot be shown to the compiler.
        let is_word = syn::parse_str::<Ident>(&name.to_string()).is_ok();
        if is_word { hung } else { self.kept(&hung) }
    }

    fn call(&self, front: &TokenStream, Call { name, arguments, parentheses }: &Call) -> TokenStream {
        let operator = operators::find(&name.to_string());
        let words = self.begun(operator, arguments);
        let is_value = |argument: &&Argument| words.iter().all(|word| !is_word(word, argument));
        let values = arguments.iter().filter(is_value).map(|argument| self.value(&argument.value));
        let mut values = Group::new(Delimiter::Parenthesis, quote!(#(#values),*));
        values.set_span(*parentheses);
        let gives_token_too =
            operator.is_some_and(|known| known.gives != Gives::Nothing && known.body != Body::Merge);
        let token = gives_token_too.then(|| quote!(.0));
        quote!(#front.#name #values #token)
    }

    /// The words without names that look like the beginnings of names, which an editor has among these.
    fn begun(&self, operator: Option<&'static Operator>, arguments: &[Argument]) -> Vec<Ident> {
        let Some(operator) = operator.filter(|_| self.reader == Reader::Editor) else { return Vec::new() };
        let words = arguments.iter().filter_map(|argument| begun_in(argument, operator.parameters));
        words.filter(|word| !self.words.contains(&word.to_string())).collect()
    }

    /// `let _ = value;` for each argument that there is no parameter for.
    fn surplus(&self, parameters: &[Parameter], arguments: &Arguments) -> TokenStream {
        let is_value = |argument: &&Argument| {
            self.reader == Reader::Compiler || begun_in(argument, parameters).is_none()
        };
        let surplus = arguments.surplus.iter().filter(is_value).map(|argument| self.value(&argument.value));
        let inner = arguments.bound.iter().filter_map(|bound| match &bound.given {
            Given::Constructed { constructor, arguments, .. } => {
                Some(self.surplus(constructor.parameters, arguments))
            }
            _ => None,
        });
        surplus.map(|value| quote!(let _ = #value;)).chain(inner).collect()
    }

    /// A value in a place of no type: the compiler sees it unless it may be none, as the name of a stream.
    fn value(&self, value: &Value) -> TokenStream {
        let is_value = match &value.shape {
            Shape::Closure(_) | Shape::Duration(_) | Shape::Integer(_) | Shape::Flag | Shape::Literal => true,
            Shape::Name(_) | Shape::Field(..) | Shape::Broken => false,
            Shape::Call { name, arguments, .. } => {
                operators::find_constructor(&name.to_string()).is_none()
                    && arguments.iter().all(|argument| argument.name.is_none())
                    && !self.has_word(value.tokens.clone())
            }
            Shape::Other => !self.has_word(value.tokens.clone()),
        };
        if is_value { duration::translate(value.tokens.clone(), self.root) } else { self.kept(&value.tokens) }
    }

    fn has_word(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(word) => self.words.contains(&word.to_string()),
            TokenTree::Group(group) => self.has_word(group.stream()),
            _ => false,
        })
    }
}

/// Whether a word can be the name of a variable, and is no part of a pattern.
fn is_variable(word: &Ident) -> bool {
    let word = word.to_string();
    syn::parse_str::<Ident>(&word).is_ok()
        && word.starts_with(|first: char| first.is_lowercase() || first == '_')
}

/// Whether an argument is this word.
fn is_word(word: &Ident, argument: &Argument) -> bool {
    argument.name.is_none() && *word == argument.value.tokens.to_string()
}

/// How many letters two words have in common at the front.
fn in_common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// An item of Rust's, which is refused but may be used all the same.
fn item(tokens: &TokenStream) -> Option<TokenStream> {
    let item = syn::parse2::<Item>(tokens.clone()).or_else(|_| syn::parse2(quote!(#tokens;))).ok()?;
    (!matches!(item, Item::Verbatim(_) | Item::Macro(_))).then(|| item.into_token_stream())
}
