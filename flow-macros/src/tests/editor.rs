//! What the macro names for an editor, and what the runtime has for it.

use std::collections::BTreeSet;
use std::fs;

use syn::{ImplItem, Item};

use crate::operators::{CONSTRUCTORS, Kind, OPERATORS};

/// What `flow-runtime/src/editor.rs` defines, as `module::item` or `item::field`.
fn known_to_editors() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../flow-runtime/src/editor.rs");
    let file = fs::read_to_string(path).expect("the runtime has a file for editors");
    let file = syn::parse_file(&file).expect("it is Rust");
    let mut known = BTreeSet::new();
    note(&file.items, "", &mut known);
    known
}

fn note(items: &[Item], path: &str, known: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                known.extend(fields.map(|field| format!("{path}{}::{field}", item.ident)));
            }
            Item::Const(item) => drop(known.insert(format!("{path}{}", item.ident))),
            Item::Fn(item) => drop(known.insert(format!("{path}{}", item.sig.ident))),
            Item::Impl(item) => {
                let functions = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                });
                known.extend(functions.map(|function| format!("Heads::{function}")));
            }
            Item::Mod(module) => {
                let items = module.content.as_ref().map_or(&[][..], |(_, items)| items);
                note(items, &format!("{path}{}::", module.ident), known);
            }
            _ => {}
        }
    }
}

#[test]
fn an_editor_knows_all_that_the_macro_names_for_it() {
    let known = known_to_editors();
    let operators = OPERATORS.iter().map(|operator| (operator.name, operator.parameters));
    let constructors = CONSTRUCTORS.iter().map(|constructor| (constructor.name, constructor.parameters));
    let mut named: Vec<String> = Vec::new();
    for (owner, parameters) in operators.chain(constructors) {
        for parameter in parameters {
            named.push(format!("{owner}::{}", parameter.name));
            if let Kind::Word(words) = parameter.kind {
                let words =
                    words.iter().map(|word| word.word).filter(|word| !matches!(*word, "true" | "false"));
                // A keyword of Rust's is a raw identifier there.
                let raw = |word| if word == "final" { "r#final" } else { word };
                named.extend(words.map(|word| format!("words::{}::{}", parameter.name, raw(word))));
            }
        }
    }
    named.extend(CONSTRUCTORS.iter().map(|constructor| format!("constructors::{}", constructor.name)));
    let heads = OPERATORS.iter().filter(|operator| operator.begins_a_chain());
    named.extend(heads.map(|operator| format!("Heads::{}", operator.name)));
    let missing: Vec<_> = named.iter().filter(|name| !known.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}: `UPDATE_DOCS=1 cargo test --test operator_pages` writes them");
    assert!(named.len() > 150, "only {} names", named.len());
}
