//! dfir_rs, which has no windows: keyed operators of our own in its graph, all in one tick.

pub(crate) mod nexmark;

use std::path::Path;

use dfir_rs::dfir_syntax;
use smallvec::SmallVec;

use crate::operators::lists::Lists;
use crate::operators::measurements::Measurements;
use crate::operators::{Operator, Sessions, SlidingSums, TumblingCounts, TumblingLists};
use crate::shared::workloads::{Event, GAP, Name, Order, Summary, step, word_digest};

pub(crate) fn chain(items: &'static [u64]) -> u64 {
    let mut sum = 0;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(items.iter().copied())
            -> map(|item: u64| item.wrapping_mul(0x9e37_79b9))
            -> filter(|mixed| mixed % 4 != 0)
            -> map(|mixed| mixed ^ (mixed >> 7))
            -> flat_map(|folded| [folded, folded.wrapping_add(13)])
            -> filter(|part| part % 5 != 0)
            -> for_each(|part| *result = step(*result, part));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn lists(items: &'static [u64], keys: u64) -> u64 {
    run(items.iter().map(move |item| (item % keys, *item)), Lists::default())
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    run(orders.iter().map(|order| (order.user.as_str(), order.amount)), Lists::default())
}

pub(crate) fn tumbling_lists(events: &'static [Event]) -> u64 {
    run(events.iter().copied(), TumblingLists::default())
}

pub(crate) fn tumbling_counts(events: &'static [Event]) -> u64 {
    run(events.iter().copied(), TumblingCounts::default())
}

pub(crate) fn sliding_sums(events: &'static [Event], overlap: i64) -> u64 {
    run(events.iter().copied(), SlidingSums::new(overlap))
}

pub(crate) fn sessions(events: &'static [Event]) -> u64 {
    run(events.iter().copied(), Sessions::new(GAP))
}

pub(crate) fn words(text: &'static str) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(text.lines())
            -> flat_map(|line: &'static str| line.split_ascii_whitespace())
            -> map(|word| (word, ()))
            -> fold_keyed::<'tick>(|| 0_u64, |count: &mut u64, ()| *count += 1)
            -> for_each(|(word, count): (&'static str, u64)| *result = result.wrapping_add(word_digest(word, count)));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn stations(file: &'static Path) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(Measurements::of(file))
            -> fold_keyed::<'tick>(|| Summary::EMPTY, |summary: &mut Summary, tenths: i64| summary.add(tenths))
            -> for_each(|(station, summary): (Name, Summary)| {
                *result = result.wrapping_add(summary.digest(&station.bytes()));
            });
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

/// Items through a keyed operator into a sum. An item gives so few rows that they need no memory of their own.
fn run<T: 'static, O: Operator<T>>(items: impl Iterator<Item = T>, operator: O) -> u64 {
    let mut operator = operator;
    let mut sum = 0;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(items.map(Some).chain([None]))
            -> flat_map(|item| {
                let mut rows = SmallVec::<[O::Row; 2]>::new();
                match item {
                    Some(item) => operator.take(item, |row| rows.push(row)),
                    None => operator.end(|row| rows.push(row)),
                }
                rows
            })
            -> for_each(|row| *result = O::sum(*result, &row));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}
