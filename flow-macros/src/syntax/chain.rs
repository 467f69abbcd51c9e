//! Chains: `HEAD.operator(…).port.operator(…)`.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{AngleBracketedGenericArguments, Ident, Lifetime, Token, token};

use super::argument::{self, Argument};
use super::refused;
use crate::operators;
use crate::report::Report;

/// Where a chain begins, and what hangs on it.
pub(crate) struct Chain {
    pub(crate) head: Head,
    pub(crate) links: Vec<Link>,
}

/// `input(…)`, `merge(…)`, or the name of a stream.
pub(crate) enum Head {
    Stream(Ident),
    Call(Call),
}

/// `.operator(…)` or `.port`.
#[derive(Clone)]
pub(crate) enum Link {
    Call(Call),
    Port(Ident),
    /// `.` and nothing that an operator could be.
    Dangling(TokenStream),
}

/// An operator with its arguments.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<Argument>,
    /// The parentheses, where a missing argument is reported.
    pub(crate) parentheses: Span,
}

impl Chain {
    /// Whether the chain ends in a dot with no operator behind it.
    pub(super) fn dangles(&self) -> bool {
        matches!(self.links.last(), Some(Link::Dangling(_)))
    }
}

/// What is wrong with `operator::<Type>(…)`.
const NO_TYPES: &str =
    "an operator takes no types: write the type of the stream instead, `let name: Stream<Type> = …`";

pub(super) fn parse(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Chain> {
    let name = head_name(input)?;
    if input.peek(Token![::]) && operators::find(&name.to_string()).is_some() {
        return Err(syn::Error::new(name.span(), NO_TYPES));
    }
    if let Some(operator) = operator_of_path(input) {
        let message = format!("an operator hangs on its stream: `stream.{operator}(…)`");
        return Err(syn::Error::new(name.span(), message));
    }
    if input.peek(Token![::]) || input.peek(token::Brace) {
        let message = "a stream begins with `input(source)`, `merge(a, b)` or the name of a stream: \
                       put a source into `input(…)`, and other values in front of the block";
        return Err(syn::Error::new(name.span(), message));
    }
    if input.peek(Token![!]) {
        return Err(syn::Error::new(name.span(), "a macro is no stream: use it inside an argument"));
    }
    let head = match call(name, input, report) {
        Link::Port(name) => Head::Stream(name),
        Link::Call(call) => Head::Call(call),
        Link::Dangling(_) => unreachable!("only a dot dangles: this is a bug in `flow`"),
    };
    let mut links = Vec::new();
    while let Some(dot) = input.parse::<Option<Token![.]>>()? {
        links.extend(link(dot, input, report));
    }
    Ok(Chain { head, links })
}

/// The operator that a path ends in, as `op::map` does.
fn operator_of_path(input: ParseStream<'_>) -> Option<Ident> {
    let ahead = input.fork();
    let mut last = None;
    while ahead.parse::<Token![::]>().is_ok() {
        last = ahead.parse::<Ident>().ok();
    }
    let is_operator =
        |name: &Ident| operators::find(&name.to_string()).is_some_and(|operator| !operator.begins_a_chain());
    last.filter(is_operator)
}

/// What stands behind a dot. None for something that may be left out, which has been reported.
fn link(dot: Token![.], input: ParseStream<'_>, report: &mut Report) -> Option<Link> {
    if input.peek(Token![let]) || !input.peek(Ident::peek_any) {
        let is_at_end = input.is_empty() || input.peek(Token![let]);
        let span = if is_at_end { dot.span } else { input.span() };
        report.error(span, "expected an operator behind the `.`");
        return Some(Link::Dangling(behind_dot(dot, input)));
    }
    let Ok(name) = input.call(Ident::parse_any) else { return None };
    if name == "await" {
        report.error(name.span(), "a block does not wait: leave out `.await`");
        return None;
    }
    if input.peek(Token![::]) {
        report.error(name.span(), NO_TYPES);
        let _ = input.parse::<AngleBracketedGenericArguments>();
    }
    let is_operator = operators::find(&name.to_string()).is_some();
    if is_operator && (input.peek(token::Brace) || input.peek(token::Bracket)) {
        report.error(name.span(), format!("an operator has parentheses: `{name}(…)`"));
        let arguments = input.parse::<TokenTree>().ok();
        return Some(Link::Dangling(quote!(#dot #name #arguments)));
    }
    Some(call(name, input, report))
}

/// A dot, and what stands behind it but can be no operator.
fn behind_dot(dot: Token![.], input: ParseStream<'_>) -> TokenStream {
    let mut tokens = dot.into_token_stream();
    while !input.is_empty() && !input.peek(Ident::peek_any) {
        if let Ok(lifetime) = input.parse::<Lifetime>() {
            lifetime.to_tokens(&mut tokens);
            continue;
        }
        let Ok(tree) = input.parse::<TokenTree>() else { break };
        tokens.append(tree);
    }
    tokens
}

fn head_name(input: ParseStream<'_>) -> syn::Result<Ident> {
    let message = || refused::head(input);
    if input.peek(Ident) { input.parse() } else { Err(input.error(message())) }
}

/// The call of `name` where parentheses follow, the bare name otherwise.
fn call(name: Ident, input: ParseStream<'_>, report: &mut Report) -> Link {
    if !input.peek(token::Paren) {
        return Link::Port(name);
    }
    match input.parse::<Group>() {
        Ok(group) => {
            let arguments = argument::group_list(&group, report);
            Link::Call(Call { name, arguments, parentheses: group.span() })
        }
        Err(_) => Link::Port(name),
    }
}
