//! renoir, one local worker. Its own event-time windows begin at a key's first item, so that they cannot agree with the
//! others': here the windows are operators of their own behind its `group_by`. What goes through that has to be
//! serializable, so its keys are owned.

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
            (items.group_by(move |item| item % keys))
                .window(CountWindow::new(3, 3, false))
                .fold(Vec::with_capacity(3), |list, item| list.push(*item))
                .unkey()
        },
        |sum, (key, list)| give_list(sum, *key, list),
    )
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    run(
        orders.iter().map(|order| (order.user.clone(), order.amount)),
        |orders| {
            (orders.group_by(|(user, _)| user.clone()))
                .map(|(_, (_, amount))| amount)
                .window(CountWindow::new(3, 3, false))
                .fold(Vec::with_capacity(3), |list, amount| list.push(*amount))
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
            (lines.flat_map(|line| line.split_ascii_whitespace()))
                .group_by_fold(|word| (*word).to_owned(), 0, |count, _| *count += 1, total)
                .unkey()
        },
        |sum, (word, count)| sum.wrapping_add(word_digest(word, *count)),
    )
}

/// `key_by` leaves the stations where they are: there is one worker.
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
        |sum, (station, summary)| sum.wrapping_add(summary.digest(station.bytes())),
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

/// Events by key through an operator of our own into a sum.
fn run_operator<O: Operator<Event>>(events: &'static [Event], operator: O) -> u64 {
    run(
        events.iter().map(|event| (event.key, event.time, event.value)),
        |events| {
            (events.group_by(|(key, _, _)| *key))
                .rich_map_custom(pull(operator, |(_, (key, time, value))| Event { key, time, value }))
        },
        O::sum,
    )
}

/// What `rich_map_custom` takes: each call gives the next row of an operator of our own.
fn pull<T, X, O: Operator<T>, S: Stage<Out = X>>(
    operator: O,
    item: impl Fn(X) -> T + Clone + Send + 'static,
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
                StreamElement::Item(one) => operator.take(item(one), |row| rows.push_back(row)),
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
