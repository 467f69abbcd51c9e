//! The names of a block's streams.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenTree};

use super::{StepId, StreamId};
use crate::operators::{self, Operator};
use crate::report::did_you_mean;
use crate::syntax::{Names, Scrap, Statement};

/// What a name stands for.
#[derive(Clone, Copy)]
pub(super) enum Taken {
    Stream(StreamId),
    /// A step with several ports.
    Ports(StepId),
    /// Something with an error that has been reported.
    Nothing,
}

/// The names that have been defined so far, and those that will be.
#[derive(Default)]
pub(super) struct Scope {
    taken: BTreeMap<String, Taken>,
    later: Vec<Ident>,
    /// Whether a `let` could not be read and its name not either, so that each unknown name may be that one.
    has_nameless: bool,
}

impl Scope {
    /// Says whether the name was free.
    pub(super) fn define(&mut self, name: &Ident, taken: Taken) -> bool {
        self.taken.insert(name.to_string(), taken).is_none_or(|before| matches!(before, Taken::Nothing))
    }

    /// Remembers that a name would have been defined, so that its use is no second error.
    pub(super) fn spoil(&mut self, name: &Ident) {
        self.taken.entry(name.to_string()).or_insert(Taken::Nothing);
    }

    /// Remembers what would have been defined by what could not be read.
    pub(super) fn note_scraps(&mut self, scraps: &[Scrap]) {
        for scrap in scraps {
            scrap.names.iter().for_each(|name| self.spoil(name));
            let first = scrap.tokens.clone().into_iter().next();
            let is_let = matches!(first, Some(TokenTree::Ident(word)) if word == "let");
            self.has_nameless |= is_let && scrap.names.is_empty();
        }
    }

    /// Whether a name that is not defined may be one that could not be read.
    pub(super) fn may_have(&self, name: &Ident) -> bool {
        self.has_nameless && !self.later.contains(name)
    }

    /// Whether the name is defined further down.
    pub(super) fn is_later(&self, name: &Ident) -> bool {
        self.later.contains(name)
    }

    pub(super) fn find(&self, name: &Ident) -> Option<Taken> {
        self.taken.get(&name.to_string()).copied()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    pub(super) fn note_later_names(&mut self, statements: &[Statement]) {
        if self.later.is_empty() {
            let names = statements.iter().filter_map(|statement| statement.binding.as_ref());
            self.later = names.flat_map(|binding| defined(&binding.names)).collect();
        }
    }

    /// What is wrong with a name that is not defined.
    pub(super) fn unknown(&self, name: &Ident) -> String {
        if self.later.contains(name) {
            return format!(
                "`{name}` is used before it is defined: a block has no cycles, so move its `let` further up"
            );
        }
        if operators::find(&name.to_string()).is_some_and(Operator::begins_a_chain) {
            return format!("an operator has parentheses: `{name}(…)`");
        }
        let hint = did_you_mean(name, self.taken.keys().map(String::as_str));
        if hint.is_empty() {
            return format!(
                "there is no stream named `{name}`: define it with `let {name} = …;`, or write `input({name})` if it is a source"
            );
        }
        format!("there is no stream named `{name}`{hint}")
    }
}

/// The names that are defined by those of a `let`.
pub(super) fn defined(names: &Names) -> Vec<Ident> {
    match names {
        Names::One(name) => vec![name.clone()],
        Names::Several(_, names) => names.iter().flatten().cloned().collect(),
    }
}

/// A step's or stream's id as the name of a variable.
pub(crate) fn variable(id: &str) -> String {
    let word: String = id.chars().map(|char| if char.is_alphanumeric() { char } else { '_' }).collect();
    match word.as_str() {
        "" | "_" | "self" | "Self" | "super" | "crate" => format!("step_{word}"),
        _ => word,
    }
}
