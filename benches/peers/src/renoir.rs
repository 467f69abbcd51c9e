//! renoir, one local worker. Its own event-time windows begin at a key's first item, so that they cannot agree with the
//! others': here the windows are operators of their own behind its `group_by`. What goes through that has to be
//! serializable, so its keys are owned.

use std::collections::VecDeque;

use renoir::operator::StreamElement;
use renoir::prelude::*;

use crate::operators::{Operator, Sessions, SlidingSums, TumblingCounts, TumblingLists};
use crate::shared::workloads::{Event, Order, give_list, name, step, word_digest};

const BATCH: BatchMode = BatchMode::Fixed(std::num::NonZeroUsize::new(1024).unwrap());

pub(crate) fn chain(items: &'static [u64]) -> u64 {
    let context = context();
    let sum = context
        .stream_iter(items.iter().copied())
        .batch_mode(BATCH)
        .map(|item| item.wrapping_mul(0x9e37_79b9))
        .filter(|mixed| mixed % 4 != 0)
        .map(|mixed| mixed ^ (mixed >> 7))
        .flat_map(|folded| [folded, folded.wrapping_add(13)])
        .filter(|part| part % 5 != 0)
        .fold_assoc(0, |sum, part| *sum = step(*sum, part), total)
        .collect_vec();
    result(context, sum)
}

pub(crate) fn lists(items: &'static [u64], keys: u64) -> u64 {
    let context = context();
    let sum = context
        .stream_iter(items.iter().copied())
        .batch_mode(BATCH)
        .group_by(move |item| item % keys)
        .window(CountWindow::new(3, 3, false))
        .fold(Vec::with_capacity(3), |list, item| list.push(*item))
        .unkey()
        .fold_assoc(0, |sum, (key, list)| *sum = give_list(*sum, key, &list), total)
        .collect_vec();
    result(context, sum)
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    let context = context();
    let sum = context
        .stream_iter(orders.iter().map(|order| (order.user.clone(), order.amount)))
        .batch_mode(BATCH)
        .group_by(|(user, _)| user.clone())
        .map(|(_, (_, amount))| amount)
        .window(CountWindow::new(3, 3, false))
        .fold(Vec::with_capacity(3), |list, amount| list.push(*amount))
        .unkey()
        .fold_assoc(0, |sum, (user, list)| *sum = give_list(*sum, name(&user), &list), total)
        .collect_vec();
    result(context, sum)
}

pub(crate) fn tumbling_lists(events: &'static [Event]) -> u64 {
    run(events, TumblingLists::default())
}

pub(crate) fn tumbling_counts(events: &'static [Event]) -> u64 {
    run(events, TumblingCounts::default())
}

pub(crate) fn sliding_sums(events: &'static [Event], overlap: i64) -> u64 {
    run(events, SlidingSums::new(overlap))
}

pub(crate) fn sessions(events: &'static [Event]) -> u64 {
    run(events, Sessions::default())
}

pub(crate) fn words(text: &'static str) -> u64 {
    let context = context();
    let sum = context
        .stream_iter(text.lines())
        .batch_mode(BATCH)
        .flat_map(|line| line.split_ascii_whitespace())
        .group_by_fold(|word| (*word).to_owned(), 0_u64, |count, _| *count += 1, total)
        .unkey()
        .fold_assoc(0_u64, |sum, (word, count)| *sum = sum.wrapping_add(word_digest(&word, count)), total)
        .collect_vec();
    result(context, sum)
}

fn context() -> StreamContext {
    StreamContext::new(RuntimeConfig::local(1).expect("one local worker can be had"))
}

/// There is one worker, and so one sum.
fn total(sum: &mut u64, one: u64) {
    *sum = sum.wrapping_add(one);
}

fn result(context: StreamContext, sum: StreamOutput<Vec<u64>>) -> u64 {
    context.execute_blocking();
    sum.get().and_then(|sums| sums.first().copied()).unwrap_or(0)
}

/// Events by key through an operator of our own into a sum.
fn run<O: Operator<Event>>(events: &'static [Event], operator: O) -> u64 {
    let context = context();
    let (mut operator, mut rows, mut ended) = (operator, VecDeque::new(), false);
    let sum = context
        .stream_iter(events.iter().map(|event| (event.key, event.time, event.value)))
        .batch_mode(BATCH)
        .group_by(|(key, _, _)| *key)
        .rich_map_custom(move |mut input| {
            loop {
                if let Some(row) = rows.pop_front() {
                    return StreamElement::Item(row);
                }
                if std::mem::take(&mut ended) {
                    return StreamElement::FlushAndRestart;
                }
                match input.next() {
                    StreamElement::Item((_, (key, time, value))) => {
                        operator.take(Event { key, time, value }, |row| rows.push_back(row));
                    }
                    StreamElement::FlushAndRestart => {
                        operator.end(|row| rows.push_back(row));
                        ended = true;
                    }
                    StreamElement::FlushBatch => return StreamElement::FlushBatch,
                    StreamElement::Terminate => return StreamElement::Terminate,
                    StreamElement::Timestamped(..) | StreamElement::Watermark(_) => {}
                }
            }
        })
        .fold_assoc(0, |sum, row| *sum = O::sum(*sum, &row), total)
        .collect_vec();
    result(context, sum)
}
