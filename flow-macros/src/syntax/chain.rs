//! Chains: `HEAD.operator(…).port.operator(…)`.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, token};

use super::argument::{self, Argument};
use super::refused;
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
pub(crate) enum Link {
    Call(Call),
    Port(Ident),
}

/// An operator with its arguments.
pub(crate) struct Call {
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<Argument>,
    /// The parentheses, where a missing argument is reported.
    pub(crate) parentheses: Span,
}

/// What is wrong with `operator::<Type>(…)`.
const NO_TYPES: &str =
    "an operator takes no types: write the type of the stream instead, `let name: Stream<Type> = …`";

pub(super) fn parse(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Chain> {
    let name = head_name(input)?;
    if input.peek(Token![::]) && crate::operators::find(&name.to_string()).is_some() {
        return Err(syn::Error::new(name.span(), NO_TYPES));
    }
    if input.peek(Token![::]) || input.peek(token::Brace) {
        let message = "a stream begins with `input(source)`, `merge(a, b)` or the name of a stream: \
                       put this source into `input(…)`";
        return Err(syn::Error::new(name.span(), message));
    }
    if input.peek(Token![!]) {
        return Err(syn::Error::new(name.span(), "a macro is no stream: use it inside an argument"));
    }
    let head = match call(name, input, report)? {
        Link::Call(call) => Head::Call(call),
        Link::Port(name) => Head::Stream(name),
    };
    let mut links = Vec::new();
    while input.parse::<Option<Token![.]>>()?.is_some() {
        let name =
            input.call(Ident::parse_any).map_err(|_| input.error("expected an operator behind the `.`"))?;
        if name == "await" {
            return Err(syn::Error::new(name.span(), "a block does not wait: leave out `.await`"));
        }
        if input.peek(Token![::]) {
            return Err(syn::Error::new(name.span(), NO_TYPES));
        }
        links.push(call(name, input, report)?);
    }
    Ok(Chain { head, links })
}

fn head_name(input: ParseStream<'_>) -> syn::Result<Ident> {
    let message = || refused::head(input);
    if input.peek(Ident) { input.parse() } else { Err(input.error(message())) }
}

/// The call of `name` where parentheses follow, the bare name otherwise.
fn call(name: Ident, input: ParseStream<'_>, report: &mut Report) -> syn::Result<Link> {
    if !input.peek(token::Paren) {
        return Ok(Link::Port(name));
    }
    let arguments;
    let parentheses = syn::parenthesized!(arguments in input).span.join();
    let arguments = argument::list(&arguments, report)?;
    Ok(Link::Call(Call { name, arguments, parentheses }))
}
