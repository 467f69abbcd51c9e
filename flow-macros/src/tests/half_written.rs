//! Blocks as they are while somebody writes them: what an editor needs is still there.

use std::collections::BTreeSet;

use proc_macro2::{Group, LineColumn, TokenStream, TokenTree};

use super::parts;
use crate::operators;

/// Sound blocks, of which each shows something that can be half-written.
const BLOCKS: &[&str] = &[
    r#"
    let stream = input(TestingSource::new(0..10));
    let keyed = stream.key_on(|_| "ALL");
    let collected = keyed.collect(timeout = 10s, max_size = 3);
    collected.output(StdOutSink);
    "#,
    r#"
    let events: Stream<Event> = input(TestingSource::new(readings));
    let by_user = events.filter(|event| event.is_real()).key_on(|event| event.user);
    let windows = by_user.collect_window(
        clock = EventClock(|event| event.time, wait_for_system_duration = 0s),
        windower = TumblingWindower(length = 10s, align_to = start),
    );
    windows.down.output(StdOutSink);
    windows.late.inspect(|(user, _)| eprintln!("late: {user}"));
    "#,
    r"
    let lines = input(FileLines::new(path));
    let numbers = lines.try_map(|line| line.parse::<u32>());
    let parts = numbers.ok.filter(|number| *number > 1).flat_map(|number| 0..number);
    let (odd, even) = parts.branch(|part| part % 2 != 0);
    odd.output(odd_sink);
    let all = merge(even, odd);
    all.output(move |part| sum += part);
    numbers.err.output(errors);
    ",
    r"
    let orders = input(source);
    let by_customer = orders.key_on(|order| order.customer);
    let sums = by_customer.fold_final(builder = || 0, folder = |sum, order| sum + order.total);
    let best = sums.max_final(by = |sum| *sum);
    best.output(sink);
    ",
];

/// A token that is no group, with its place.
fn leaves(tokens: TokenStream) -> Vec<(LineColumn, String)> {
    let leaves = tokens.into_iter().flat_map(|tree| match tree {
        TokenTree::Group(group) => leaves(group.stream()),
        tree => vec![(tree.span().start(), tree.to_string())],
    });
    leaves.collect()
}

/// `tokens` without the leaves for which `keeps`, which gets their numbers, says no.
fn only(tokens: TokenStream, number: &mut usize, keeps: &impl Fn(usize) -> bool) -> TokenStream {
    let kept = tokens.into_iter().filter_map(|tree| match tree {
        TokenTree::Group(group) => {
            let begins = keeps(*number);
            let mut inside = Group::new(group.delimiter(), only(group.stream(), number, keeps));
            inside.set_span(group.span());
            let is_empty = inside.stream().is_empty();
            (begins || !is_empty).then_some(TokenTree::Group(inside))
        }
        leaf => {
            *number += 1;
            keeps(*number - 1).then_some(leaf)
        }
    });
    kept.collect()
}

fn parse(block: &str) -> TokenStream {
    block.parse().expect("the block is made of tokens")
}

fn compile(block: TokenStream) -> TokenStream {
    let root = parse("[::flow]");
    crate::compile(root.into_iter().chain(block).collect())
}

/// What need not be in an expansion: what the macro reads and does not print.
fn is_read(leaf: &str) -> bool {
    let is_duration = leaf.starts_with(|first: char| first.is_ascii_digit()) && leaf.ends_with('s');
    is_duration || matches!(leaf, "let" | "=" | ":" | ";" | "," | ".")
}

/// What is to hold of each half-written block.
fn check(half: &TokenStream) {
    let parts = parts(compile(half.clone()));
    let [code, .., checked] = parts.as_slice() else { return };
    let (text, checked) = (code.to_string(), checked.to_string());
    assert!(syn::parse_file(&format!("fn main() {{ {checked} }}")).is_ok(), "{half}\n\nbecomes\n\n{checked}");
    let places: BTreeSet<_> =
        leaves(code.clone()).into_iter().map(|(place, _)| (place.line, place.column)).collect();
    let mut lost = leaves(half.clone());
    lost.retain(|(place, leaf)| !is_read(leaf) && !places.contains(&(place.line, place.column)));
    assert!(lost.is_empty(), "{half}\n\nloses {lost:?} in\n\n{text}");
}

fn leaf_count(block: &TokenStream) -> usize {
    leaves(block.clone()).len()
}

#[test]
fn nothing_is_lost_of_the_beginning_of_a_block() {
    for block in BLOCKS {
        let block = parse(block);
        for length in 1..leaf_count(&block) {
            check(&only(block.clone(), &mut 0, &|leaf| leaf < length));
        }
    }
}

#[test]
fn nothing_is_lost_where_a_token_is_missing() {
    for block in BLOCKS {
        let block = parse(block);
        for missing in 0..leaf_count(&block) {
            check(&only(block.clone(), &mut 0, &|leaf| leaf != missing));
        }
    }
}

/// A statement ends too early, and others follow.
#[test]
fn nothing_is_lost_where_the_end_of_a_statement_is_missing() {
    for block in BLOCKS {
        let block = parse(block);
        let ends: Vec<_> = leaves(block.clone())
            .iter()
            .enumerate()
            .filter(|(_, (_, leaf))| leaf == ";")
            .map(|(end, _)| end)
            .collect();
        for end in ends {
            for length in 1..=end {
                check(&only(block.clone(), &mut 0, &|leaf| leaf < length || leaf > end));
                check(&only(block.clone(), &mut 0, &|leaf| leaf < length || leaf >= end));
            }
        }
    }
}

/// What an editor sees where a chain is begun by this word, behind a stream `orders`.
fn head(word: &str) -> String {
    let block = format!("let orders = input(source); let next = {word} orders.output(sink);");
    let parts = parts(compile(parse(&block)));
    parts.first().expect("a block has code").to_string()
}

#[test]
fn a_word_like_an_operator_that_begins_a_chain_hangs_on_what_has_these() {
    for word in ["inp", "merg", "join_", "i"] {
        let code = head(&format!("{word};"));
        assert!(code.contains(&format!("Heads . {word} ;")), "{word}: {code}");
    }
    for word in ["ord", "o", "orders", "xyz"] {
        let code = head(&format!("{word};"));
        assert!(!code.contains(&format!("Heads . {word}")), "{word}: {code}");
    }
}

/// What an editor sees of `operator(…)` on a keyed stream.
fn call(call: &str) -> String {
    let block =
        format!("let keyed = input(source).key_on(|item| item.0); let next = {call}; next.output(sink);");
    let parts = parts(compile(parse(&block)));
    parts.first().expect("a block has code").to_string()
}

#[test]
fn a_word_like_an_argument_stands_among_the_names() {
    for (written, names) in [
        ("keyed.collect(timeout = 10s, ma)", "collect timeout ma"),
        ("keyed.collect(ti)", "collect ti"),
        ("keyed.collect(timeout = 10s, maxsize = 3)", "collect timeout maxsize"),
        ("keyed.nowhere.collect(timeout = 10s, ma)", "collect timeout ma"),
        ("keyed.count_window(clock = SystemClock(), wi)", "count_window clock wi"),
        ("keyed.count_window(windower = TumblingWindower(length = 10s, al))", "TumblingWindower length al"),
        ("keyed.count_window(clock = SystemClock(), windower = SessionWindower(gap = 1s), or)", "or"),
        ("join(keyed, keyed, ins)", "join ins"),
    ] {
        let code = call(written);
        let is_there = |statement: &str| {
            let names_there = statement.split(" }").next().unwrap_or_default();
            names_there.ends_with(names) && !names_there.contains(['(', ';'])
        };
        assert!(code.split("arguments ! { ").skip(1).any(is_there), "{written}: {code}");
    }
}

#[test]
fn other_words_stay_values() {
    for (written, value) in [
        ("keyed.collect(timeout = 10s, size)", "let _ = size ;"),
        ("keyed.filter(pre).nothing()", "filter (pre)"),
        ("join(keyed, key)", "keyed , key"),
        ("keyed.fold_final(builder, folder).nothing()", "fold_final (builder , folder)"),
    ] {
        let code = call(written);
        assert!(code.contains(value), "{written}: {code}");
    }
}

#[test]
fn half_a_word_hangs_on_what_has_the_words() {
    let code = call("join(keyed, keyed, insert_mode = la)");
    assert!(code.contains("editor :: words :: insert_mode :: la"), "{code}");
    let code = call("join(keyed, keyed, emit_mode = )");
    assert!(code.contains("editor :: words :: emit_mode ::"), "{code}");
}

/// An editor would show two meanings of a name that stands twice in the code.
#[test]
fn the_name_of_an_argument_stands_once_in_the_code() {
    let mut checked = 0;
    for block in BLOCKS {
        let written = leaves(parse(block));
        let code = leaves(parts(compile(parse(block))).swap_remove(0));
        let named = written.windows(2).filter(|pair| pair[1].1 == "=" && is_argument(&pair[0].1));
        for pair in named {
            let times = code.iter().filter(|leaf| **leaf == pair[0]).count();
            assert_eq!(times, 1, "{:?} in {block}", pair[0]);
            checked += 1;
        }
    }
    assert!(checked > 8, "only {checked} names");
}

fn is_argument(word: &str) -> bool {
    syn::parse_str(word).is_ok_and(|word| operators::is_parameter(&word))
}
