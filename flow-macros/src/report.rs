//! The errors that the passes find, each on a token of the user's.

use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// All that is wrong with a block.
#[derive(Default)]
pub(crate) struct Report {
    errors: Vec<(Span, String)>,
}

impl Report {
    /// Says what is wrong at `span`, and what to write instead.
    pub(crate) fn error(&mut self, span: Span, message: impl Display) {
        self.errors.push((span, message.to_string()));
    }

    /// Takes over an error of the parser's. One at the end of the tokens, which has no place, gets that of
    /// the last: `end`.
    pub(crate) fn parser_error(&mut self, error: &syn::Error, end: Span) {
        for error in error.clone() {
            let message = error.to_string();
            match message.strip_prefix("unexpected end of input, ") {
                Some(message) => self.error(end, message),
                None => self.error(error.span(), message),
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// Takes back all errors but the first `length`: what was read will be read once more.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.errors.truncate(length);
    }

    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// One `compile_error!` for each.
    pub(crate) fn to_tokens(&self, root: &TokenStream) -> impl Iterator<Item = TokenStream> {
        self.errors.iter().map(|(span, message)| {
            let root = respan(root.clone(), *span);
            quote_spanned!(*span=> #root::__private::compile_error! { #message })
        })
    }
}

/// What stands in the place of something that an error has been reported of: it has no type, so that the compiler
/// has nothing to say of what follows from it.
pub(crate) fn nowhere(span: Span) -> Ident {
    Ident::new("nowhere", Span::mixed_site().located_at(span))
}

/// `tokens` as if they stood at `span`.
pub(crate) fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let spanned = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    spanned.collect()
}

/// Of `names`, the one that `written` was probably meant to be, as the end of a message.
pub(crate) fn did_you_mean<'a>(written: &Ident, names: impl IntoIterator<Item = &'a str>) -> String {
    let written = written.to_string();
    let near = |name: &&str| strsim::damerau_levenshtein(&written, name);
    match names.into_iter().min_by_key(near) {
        Some(name) if near(&name) <= 1 + name.len() / 4 => format!(": did you mean `{name}`?"),
        _ => String::new(),
    }
}

/// Of `names`, those that `written` was probably meant to be: one that is nearly the same, else those that others call
/// so, else those that have the same word in them. As the end of a message.
pub(crate) fn synonym_or_near(
    written: &Ident,
    names: &[&'static str],
    is_synonym: fn(&str, &str) -> bool,
) -> String {
    let near = did_you_mean(written, names.iter().copied());
    let text = written.to_string();
    let begins_alike =
        |name: &&str| text.split_once('_').is_some_and(|(first, _)| name.split('_').next() == Some(first));
    let alike: Vec<_> = names.iter().copied().filter(begins_alike).collect();
    let is_typo = names.iter().any(|name| strsim::damerau_levenshtein(&text, name) <= 1);
    if !is_typo && matches!(alike.len(), 1..=3) {
        return format!(": did you mean {}?", joined(alike, "or"));
    }
    if !near.is_empty() {
        return near;
    }
    let written = text;
    let synonyms: Vec<_> = names.iter().copied().filter(|name| is_synonym(&written, name)).collect();
    let with_word =
        || names.iter().copied().filter(|name| name.split('_').any(|word| word == written)).collect();
    let meant: Vec<_> = if synonyms.is_empty() { with_word() } else { synonyms };
    let says_nothing = meant.is_empty() || meant.len() == names.len();
    if says_nothing { String::new() } else { format!(": did you mean {}?", joined(meant, "or")) }
}

/// `names` as a list in a sentence.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
