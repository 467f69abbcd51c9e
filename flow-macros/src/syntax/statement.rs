//! Statements: `let NAME = CHAIN;`, `let (NAME, NAME) = CHAIN;` or `CHAIN;`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Token, Type};

use super::chain::{self, Chain};
use super::{Block, refused};
use crate::report::Report;

/// One statement.
pub(crate) struct Statement {
    pub(crate) binding: Option<Binding>,
    pub(crate) chain: Chain,
}

/// What stands between `let` and `=`.
pub(crate) struct Binding {
    pub(crate) names: Names,
    pub(crate) written: Option<Type>,
}

/// One name, or one for each port.
pub(crate) enum Names {
    One(Ident),
    /// None for `_`.
    Several(Span, Vec<Option<Ident>>),
}

/// Parts the tokens at each `;`.
pub(super) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let trees: Vec<_> = tokens.into_iter().collect();
    let semicolon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ';');
    let statements = trees.split(semicolon).filter(|statement| !statement.is_empty());
    statements.map(|statement| statement.iter().cloned().collect()).collect()
}

/// Reads one statement; where a `;` is missing, several. What cannot be read is kept as it is, and reading goes on
/// with the next statement.
pub(super) fn parse(tokens: TokenStream, block: &mut Block, report: &mut Report) {
    let mut rest = tokens;
    while !rest.is_empty() {
        if let Some(word) = word_for_let(&rest) {
            report.error(word.span(), "a stream is defined by `let NAME = …;`");
            let definition: TokenStream = rest.into_iter().skip(1).collect();
            rest = quote!(let #definition);
            continue;
        }
        if is_spoiled(&rest, block) {
            rest = unread(&rest, block);
            continue;
        }
        if let Some((message, span, behind)) = refused::statement(&rest) {
            report.error(span, message);
            block.scrap(in_front_of(&behind, &rest), Vec::new());
            rest = behind;
            continue;
        }
        let errors = report.len();
        let read = |input: ParseStream<'_>| {
            let statement = statement(input, report)?;
            Ok((statement, input.step(|cursor| Ok((cursor.token_stream(), skip_all(*cursor))))?))
        };
        rest = match read.parse2(rest.clone()) {
            Ok((statement, behind)) if !statement.chain.dangles() && refused::is_operator(&behind) => {
                report.truncate(errors);
                with_dot(&in_front_of(&behind, &rest), &behind, report)
            }
            Ok((statement, behind)) => ended(statement, &rest, behind, block, report),
            Err(error) => {
                report.parser_error(&error, last_span(&rest));
                unread(&rest, block)
            }
        };
    }
}

/// The `var` of `var name = …`.
fn word_for_let(tokens: &TokenStream) -> Option<Ident> {
    let mut trees = tokens.clone().into_iter();
    match (trees.next()?, trees.next()?, trees.next()?) {
        (TokenTree::Ident(word), TokenTree::Ident(_), TokenTree::Punct(equals))
            if equals.as_char() == '=' && syn::parse_str::<syn::Ident>(&word.to_string()).is_ok() =>
        {
            Some(word)
        }
        _ => None,
    }
}

/// Whether a chain begins with a word that can be no name, where its `let` has been reported.
fn is_spoiled(tokens: &TokenStream, block: &Block) -> bool {
    let mut trees = tokens.clone().into_iter();
    let (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(dot))) = (trees.next(), trees.next()) else {
        return false;
    };
    let is_name = syn::parse_str::<syn::Ident>(&word.to_string()).is_ok();
    dot.as_char() == '.' && !is_name && block.scraps.iter().any(|scrap| scrap.names.contains(&word))
}

/// The statement with the `.` that is missing in it.
fn with_dot(front: &TokenStream, behind: &TokenStream, report: &mut Report) -> TokenStream {
    let span = last_span(&behind.clone().into_iter().take(1).collect());
    report.error(span, "missing `.` in front of this");
    quote!(#front . #behind)
}

/// What to go on with behind a statement that could be read: nothing, unless something is wrong there.
fn ended(
    statement: Statement,
    tokens: &TokenStream,
    behind: TokenStream,
    block: &mut Block,
    report: &mut Report,
) -> TokenStream {
    let Some(next) = behind.clone().into_iter().next() else {
        block.statements.push(statement);
        return behind;
    };
    report.error(next.span(), refused::behind_statement(&next));
    if refused::belongs_to_statement(&next) {
        return unread(tokens, block);
    }
    block.statements.push(statement);
    if refused::may_begin(&behind) {
        return behind;
    }
    let rest = refused::resume(behind.clone());
    block.scrap(in_front_of(&rest, &behind), Vec::new());
    rest
}

/// Keeps a statement that cannot be read. Gives what to go on with.
fn unread(tokens: &TokenStream, block: &mut Block) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    trees.next();
    let rest = refused::resume(trees.collect());
    let scrap = in_front_of(&rest, tokens);
    let names = defined_name(&scrap);
    block.scrap(scrap, names);
    rest
}

/// `tokens` without `rest`, which they end with.
fn in_front_of(rest: &TokenStream, tokens: &TokenStream) -> TokenStream {
    let length = tokens.clone().into_iter().count() - rest.clone().into_iter().count();
    tokens.clone().into_iter().take(length).collect()
}

/// Where a statement ends, to blame for what is missing there.
fn last_span(tokens: &TokenStream) -> Span {
    tokens.clone().into_iter().last().map_or_else(Span::call_site, |tree| tree.span())
}

fn skip_all(mut cursor: syn::buffer::Cursor<'_>) -> syn::buffer::Cursor<'_> {
    while let Some((_, next)) = cursor.token_tree() {
        cursor = next;
    }
    cursor
}

fn statement(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Statement> {
    let binding = if input.peek(Token![let]) { Some(binding(input)?) } else { None };
    Ok(Statement { binding, chain: chain::parse(input, report)? })
}

fn binding(input: ParseStream<'_>) -> syn::Result<Binding> {
    input.parse::<Token![let]>()?;
    if let Some(mutable) = input.parse::<Option<Token![mut]>>()? {
        return Err(syn::Error::new(mutable.span, "a stream does not change: leave out `mut`"));
    }
    let names = if input.peek(syn::token::Paren) {
        let names;
        let paren = syn::parenthesized!(names in input);
        let list = names.parse_terminated(port_name, Token![,])?;
        Names::Several(paren.span.join(), list.into_iter().collect())
    } else {
        Names::One(stream_name(input)?)
    };
    if input.peek(syn::token::Paren) || input.peek(syn::token::Brace) || input.peek(Token![::]) {
        let message = "a stream has a plain name, no pattern: to take items apart use `try_map`, `filter_map` or \
                       `branch`";
        let Names::One(name) = &names else { return Err(input.error(message)) };
        return Err(syn::Error::new(name.span(), message));
    }
    let colon: Option<Token![:]> = input.parse()?;
    let written = colon.map(|_| written_type(input)).transpose()?;
    if input.peek(Token![,]) {
        return Err(input.error("several streams stand in parentheses: `let (NAME, NAME) = …;`"));
    }
    if !input.peek(Token![=]) {
        return Err(input.error("a stream is defined by `let NAME = …;`: expected `=`"));
    }
    input.parse::<Token![=]>()?;
    Ok(Binding { names, written })
}

fn written_type(input: ParseStream<'_>) -> syn::Result<Type> {
    let written = input.parse()?;
    if matches!(written, Type::ImplTrait(_) | Type::TraitObject(_)) {
        let message = "a stream's type is `Stream<Item>` or `KeyedStream<Key, Value>`: leave out this word";
        return Err(syn::Error::new(syn::spanned::Spanned::span(&written), message));
    }
    Ok(written)
}

fn stream_name(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.peek(Token![_]) {
        let message =
            "a stream has a name or an end: write `.output(sink)` or `.inspect(…)` behind it, without `let`";
        return Err(input.error(message));
    }
    if let Some((word, _)) =
        input.cursor().ident().filter(|_| !input.peek(syn::Ident) && input.peek(syn::Ident::peek_any))
    {
        return Err(input.error(format!("`{word}` is a word of Rust's: choose another name")));
    }
    input.parse().map_err(|error: syn::Error| {
        syn::Error::new(
            error.span(),
            "expected the stream's name: `let NAME = …;` or `let (NAME, NAME) = …;`",
        )
    })
}

fn port_name(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if input.parse::<Option<Token![_]>>()?.is_some() { Ok(None) } else { stream_name(input).map(Some) }
}

/// The name behind `let`, or in front of `=` or behind `->` where the `let` is missing, also where the statement cannot
/// be read.
fn defined_name(tokens: &TokenStream) -> Vec<Ident> {
    let all: Vec<_> = tokens.clone().into_iter().collect();
    if let [.., TokenTree::Punct(minus), TokenTree::Punct(greater), TokenTree::Ident(name)] = all.as_slice()
        && (minus.as_char(), greater.as_char()) == ('-', '>')
    {
        return vec![name.clone()];
    }
    let mut trees = tokens.clone().into_iter().peekable();
    let is_let = trees.next_if(|tree| matches!(tree, TokenTree::Ident(word) if word == "let")).is_some();
    let is_equals =
        |tree: TokenTree| matches!(tree, TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | ':'));
    if !is_let && !tokens.clone().into_iter().nth(1).is_some_and(is_equals) {
        return Vec::new();
    }
    let ends =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | ':'));
    let names = if tokens.clone().into_iter().any(|tree| ends(&tree)) { usize::MAX } else { 1 };
    idents(trees.take(names).take_while(|tree| !ends(tree)))
}

/// All words, those of patterns too.
fn idents(trees: impl Iterator<Item = TokenTree>) -> Vec<Ident> {
    trees
        .flat_map(|tree| match tree {
            TokenTree::Ident(ident) => vec![ident],
            TokenTree::Group(group) => {
                idents(Box::new(group.stream().into_iter()) as Box<dyn Iterator<Item = _>>)
            }
            _ => Vec::new(),
        })
        .collect()
}
