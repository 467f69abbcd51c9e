//! renoir, one local worker. Keys are given by `key_by`, which leaves items on their thread: with one worker `group_by`
//! would come to the same, by way of another thread. Its own event-time windows begin at a key's first item, so that
//! they cannot agree with the others': here the windows are operators of our own in its graph.

pub(crate) mod nexmark;

use std::collections::VecDeque;
use std::path::Path;

use renoir::Stream;
use renoir::operator::{ElementGenerator, Operator as Stage, StreamElement};
use renoir::prelude::*;

use crate::operators::{Operator, Sessions, SlidingSums, TumblingCounts, TumblingLists};
use crate::shared::workloads::{
    Event, GAP, Name, Order, Summary, give_list, name, parse_measurement, step, word_digest,
};

const BATCH: BatchMode = BatchMode::Fixed(std::num::NonZeroUsize::new(1024).unwrap());

pub(crate) fn chain(items: &'static [u64]) -> u64 {
    run(
        items.iter().copied(),
        |items| {
            (items.map(|item| item.wrapping_mul(0x9e37_79b9)))
                .filter(|mixed| mixed % 4 != 0)
                .map(|mixed| mixed ^ (mixed >> 7))
                .flat_map(|folded| [folded, folded.wrapping_add(13)])
                .filter(|part| part % 5 != 0)
        },
        |sum, part| step(sum, *part),
    )
}

pub(crate) fn lists(items: &'static [u64], keys: u64) -> u64 {
    run(
        items.iter().copied(),
        |items| {
            (items.key_by(move |item| item % keys))
                .window(CountWindow::new(3, 3, false))
                .fold(Vec::with_capacity(3), |list, item| list.push(*item))
                .unkey()
        },
        |sum, (key, list)| give_list(sum, *key, list),
    )
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    run(
        orders.iter(),
        |orders| {
            (orders.key_by(|order| order.user.as_str()))
                .window(CountWindow::new(3, 3, false))
                .fold(Vec::with_capacity(3), |list, order| list.push(order.amount))
                .unkey()
        },
        |sum, (user, list)| give_list(sum, name(user), list),
    )
}

pub(crate) fn tumbling_lists(events: &'static [Event]) -> u64 {
    run_operator(events, TumblingLists::default())
}

pub(crate) fn tumbling_counts(events: &'static [Event]) -> u64 {
    run_operator(events, TumblingCounts::default())
}

pub(crate) fn sliding_sums(events: &'static [Event], overlap: i64) -> u64 {
    run_operator(events, SlidingSums::new(overlap))
}

pub(crate) fn sessions(events: &'static [Event]) -> u64 {
    run_operator(events, Sessions::new(GAP))
}

pub(crate) fn words(text: &'static str) -> u64 {
    run(
        text.lines(),
        |lines| {
            let words = lines.flat_map(str::split_ascii_whitespace);
            words.key_by(|word| *word).fold(0, |count, _| *count += 1).unkey()
        },
        |sum, (word, count)| sum.wrapping_add(word_digest(word, *count)),
    )
}

pub(crate) fn stations(file: &'static Path) -> u64 {
    run_source(
        FileSource::new(file),
        |lines| {
            let measurements = lines.map(|line| {
                let (station, tenths) = parse_measurement(line.trim_end().as_bytes());
                (Name::new(station), tenths)
            });
            (measurements.key_by(|(station, _)| *station))
                .fold(Summary::EMPTY, |summary, (_, tenths)| summary.add(tenths))
                .unkey()
        },
        |sum, (station, summary)| sum.wrapping_add(summary.digest(&station.bytes())),
    )
}

/// Items through a graph into a sum.
fn run<I, S>(
    items: I,
    graph: impl FnOnce(Stream<IteratorSource<I>>) -> Stream<S>,
    add: impl Fn(u64, &S::Out) -> u64 + Clone + Send + 'static,
) -> u64
where
    I: Iterator<Item: Send> + Send + 'static,
    S: Stage + 'static,
{
    run_source(IteratorSource::new(items), graph, add)
}

fn run_source<P, S>(
    source: P,
    graph: impl FnOnce(Stream<P>) -> Stream<S>,
    add: impl Fn(u64, &S::Out) -> u64 + Clone + Send + 'static,
) -> u64
where
    P: Source + Send + 'static,
    S: Stage + 'static,
{
    let context = StreamContext::new(RuntimeConfig::local(1).expect("one local worker can be had"));
    let rows = graph(context.stream(source).batch_mode(BATCH));
    let sums = rows.fold_assoc(0, move |sum, row| *sum = add(*sum, &row), total).collect_vec();
    context.execute_blocking();
    sums.get().and_then(|sums| sums.first().copied()).unwrap_or(0)
}

/// There is one worker, and so one sum.
fn total(sum: &mut u64, one: u64) {
    *sum = sum.wrapping_add(one);
}

/// Events through an operator of our own into a sum.
fn run_operator<O: Operator<Event>>(events: &'static [Event], operator: O) -> u64 {
    run(events.iter().copied(), |events| events.rich_map_custom(pull(operator)), O::sum)
}

/// What `rich_map_custom` takes: each call gives the next row of an operator of our own.
fn pull<T, O: Operator<T>, S: Stage<Out = T>>(
    operator: O,
) -> impl FnMut(ElementGenerator<'_, S>) -> StreamElement<O::Row> + Clone + Send + 'static {
    let (mut operator, mut rows, mut ended) = (operator, VecDeque::new(), false);
    move |mut input| {
        loop {
            if let Some(row) = rows.pop_front() {
                return StreamElement::Item(row);
            }
            if std::mem::take(&mut ended) {
                return StreamElement::FlushAndRestart;
            }
            match input.next() {
                StreamElement::Item(item) => operator.take(item, |row| rows.push_back(row)),
                StreamElement::FlushAndRestart => {
                    operator.end(|row| rows.push_back(row));
                    ended = true;
                }
                StreamElement::FlushBatch => return StreamElement::FlushBatch,
                StreamElement::Terminate => return StreamElement::Terminate,
                StreamElement::Timestamped(..) | StreamElement::Watermark(_) => {}
            }
        }
    }
}
