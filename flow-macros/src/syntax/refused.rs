//! The Rust that a block has not, each construct with what to write instead.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Lit, Token, token};

use super::duration;
use crate::operators;

/// Words that begin a statement in Rust, and what a block has instead.
fn advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "if" | "else" => "a block has no `if`: part a stream with `let (yes, no) = stream.branch(|item| …);`",
        "match" => "a block has no `match`: part a stream with `branch`, or match inside `map(|item| …)`",
        "for" | "while" | "loop" => {
            "a block has no loops: every operator sees each item; for several items out of one use `flat_map`"
        }
        "return" | "break" | "continue" => {
            "a block runs from its inputs to its outputs: use `filter` to let an item go no further"
        }
        "fn" | "struct" | "enum" | "impl" | "trait" | "mod" | "use" | "const" | "static" | "type"
        | "extern" | "pub" | "union" => "a block holds streams only: put items in front of the block",
        "async" => "a block does not wait: leave out `async`",
        "unsafe" => "a block needs no `unsafe`: put it inside a closure",
        "move" => "`move` belongs in front of a closure: `map(move |item| …)`",
        _ => return None,
    })
}

/// What is wrong with a statement that a block cannot have, where, and what stands behind it.
pub(super) fn statement(tokens: &TokenStream) -> Option<(&'static str, Span, TokenStream)> {
    let mut trees = tokens.clone().into_iter();
    match trees.next()? {
        TokenTree::Ident(word) => {
            let advice = advice(&word.to_string())?;
            Some((advice, word.span(), behind_braces(trees)))
        }
        TokenTree::Punct(punct) if punct.as_char() == '#' => {
            let behind = trees.clone().next();
            let is_attribute =
                matches!(behind, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket);
            let message = if is_attribute {
                "a block has no attributes: put them in front of the function"
            } else {
                "a remark begins with `//`"
            };
            Some((message, punct.span(), trees.skip(1).collect()))
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some((
            "a block has no blocks inside: write the statements one below the other",
            group.span_open(),
            trees.collect(),
        )),
        _ => None,
    }
}

/// What stands behind the braces of a construct, and of its `else`.
fn behind_braces(trees: impl Iterator<Item = TokenTree>) -> TokenStream {
    let mut trees = trees.peekable();
    loop {
        let braces = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if trees.find(braces).is_none() {
            return TokenStream::new();
        }
        match trees.peek() {
            Some(TokenTree::Ident(word)) if word == "else" => {}
            _ => return trees.collect(),
        }
    }
}

/// What is wrong where an argument should end, and where.
pub(super) fn behind_argument(value: &TokenStream, input: ParseStream<'_>) -> (String, Span) {
    let first = value.clone().into_iter().next();
    let begins = first.as_ref().map(ToString::to_string).unwrap_or_default();
    let front = first.as_ref().map_or_else(|| input.span(), TokenTree::span);
    if begins == "lambda" || input.peek(Token![=>]) || input.peek(Token![->]) {
        return ("a closure is written `|item| …`".to_owned(), front);
    }
    let is_number =
        matches!(first, Some(TokenTree::Literal(_))) && begins.chars().all(|char| char.is_ascii_digit());
    let unit = input.cursor().ident().map(|(unit, _)| unit.to_string());
    match unit {
        Some(unit) if is_number && duration::is_unit(&unit) => {
            (format!("a length of time has no space in it: `{begins}{unit}`"), input.span())
        }
        Some(unit) if is_number && duration::refused(&unit).is_some() => {
            (duration::refused(&unit).unwrap_or_default(), input.span())
        }
        _ => ("expected `,` or `)`".to_owned(), input.span()),
    }
}

/// What is wrong where a statement should end.
pub(super) fn behind_statement(next: &TokenTree) -> &'static str {
    match next {
        TokenTree::Punct(punct) if punct.as_char() == '?' => {
            "a block has no `?`: use `try_map`, which gives the streams `ok` and `err`"
        }
        TokenTree::Ident(word) if word == "else" => "a stream always is: leave out `else`",
        TokenTree::Ident(word) if word == "as" => {
            "a stream keeps its type: make another of its items with `map`"
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            "a stream has no places, its items come one by one: use `filter` or `stateful_map`"
        }
        TokenTree::Punct(punct) if punct.as_char() == '=' => {
            "a stream does not change: define a new one with `let NAME = …;`"
        }
        TokenTree::Punct(punct) if punct.as_char() == ',' => "a statement ends with `;`",
        TokenTree::Punct(punct) if punct.as_char() == ':' => "a stream is defined by `let NAME = …;`",
        TokenTree::Punct(punct)
            if matches!(punct.as_char(), '|' | '>')
                || punct.as_char() == '-' && punct.spacing() == Spacing::Joint =>
        {
            "an operator hangs on a dot, `stream.map(|item| …)`, and a name stands in front: `let NAME = …;`"
        }
        TokenTree::Punct(_) => "streams have no arithmetic: use operators such as `map` and `merge`",
        _ => "missing `;` in front of this",
    }
}

/// Whether what stands behind a statement changes what it means.
pub(super) fn belongs_to_statement(next: &TokenTree) -> bool {
    match next {
        TokenTree::Punct(_) => true,
        TokenTree::Ident(word) => word == "as",
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        TokenTree::Literal(_) => false,
    }
}

/// Whether what stands behind a statement looks like the next one, with nothing but a `;` missing.
pub(super) fn may_begin(behind: &TokenStream) -> bool {
    let mut trees = behind.clone().into_iter();
    let (first, second) = (trees.next(), trees.next());
    match (first, second) {
        (Some(TokenTree::Ident(word)), _) if word == "let" => true,
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(dot))) => word != "else" && dot.as_char() == '.',
        (Some(TokenTree::Ident(_)), Some(TokenTree::Group(group))) => {
            group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    }
}

/// Whether what stands behind a statement is an operator or a port of its, with nothing but a `.` missing.
pub(super) fn is_operator(behind: &TokenStream) -> bool {
    let mut trees = behind.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(_))) => {
            operators::find(&word.to_string()).is_some_and(|operator| !operator.begins_a_chain())
        }
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(dot))) if dot.as_char() == '.' => {
            operators::is_port(&word)
        }
        _ => false,
    }
}

/// What to go on with when a statement did not end: the next one, where it begins with `let`.
pub(super) fn resume(behind: TokenStream) -> TokenStream {
    let is_let = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "let");
    behind.into_iter().skip_while(|tree| !is_let(tree)).collect()
}

/// What is wrong where a chain should begin.
pub(super) fn head(input: ParseStream<'_>) -> &'static str {
    if input.is_empty() {
        return "expected a stream: `input(source)`, `merge(a, b)` or a stream's name";
    }
    if input.peek(Lit) || input.peek(token::Bracket) || input.peek(Token![|]) {
        return "a block holds streams only: put other values in front of the block";
    }
    if input.peek(Token![&]) || input.peek(Token![*]) {
        return "a stream is written by its name alone, also where it is used several times";
    }
    let begins = |word: &str| input.cursor().ident().is_some_and(|(ident, _)| ident == word);
    ["if", "match", "for", "while", "loop", "async", "unsafe"]
        .into_iter()
        .find(|word| begins(word))
        .and_then(advice)
        .unwrap_or("expected a stream: `input(source)`, `merge(a, b)` or a stream's name")
}
