//! timely dataflow, one worker. Every operator is in a pipeline: with one worker an exchange would do the same.

pub(crate) mod nexmark;

use std::cell::Cell;
use std::hash::Hash;
use std::path::Path;
use std::rc::Rc;

use timely::dataflow::channels::pact::Pipeline;
use timely::dataflow::operators::generic::{self, Operator as _};
use timely::dataflow::operators::vec::{Filter, Map as _};
use timely::dataflow::{Scope, StreamVec};

use crate::operators::lists::Lists;
use crate::operators::measurements::Measurements;
use crate::operators::{Map, Operator, Sessions, SlidingSums, TumblingCounts, TumblingLists};
use crate::shared::workloads::{Event, GAP, Order, Summary, step, word_digest};

/// How many items a source gives before the operators behind it go to work.
const AT_ONCE: usize = 4_096;

/// A stream in a graph whose work is done in one epoch.
type Stream<'scope, T> = StreamVec<'scope, u64, T>;

pub(crate) fn chain(items: &'static [u64]) -> u64 {
    run(
        move || items.iter().copied(),
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
    run_operator(move || items.iter().map(move |item| (item % keys, *item)), Lists::default)
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    run_operator(move || orders.iter().map(|order| (order.user.as_str(), order.amount)), Lists::default)
}

pub(crate) fn tumbling_lists(events: &'static [Event]) -> u64 {
    run_operator(move || events.iter().copied(), TumblingLists::default)
}

pub(crate) fn tumbling_counts(events: &'static [Event]) -> u64 {
    run_operator(move || events.iter().copied(), TumblingCounts::default)
}

pub(crate) fn sliding_sums(events: &'static [Event], overlap: i64) -> u64 {
    run_operator(move || events.iter().copied(), move || SlidingSums::new(overlap))
}

pub(crate) fn sessions(events: &'static [Event]) -> u64 {
    run_operator(move || events.iter().copied(), || Sessions::new(GAP))
}

pub(crate) fn words(text: &'static str) -> u64 {
    run(
        || text.lines(),
        |lines| {
            let words = lines.flat_map(str::split_ascii_whitespace);
            fold_keyed(words, |word| Some((word, ())), || 0, |count, ()| *count += 1)
        },
        |sum, (word, count)| sum.wrapping_add(word_digest(word, *count)),
    )
}

pub(crate) fn stations(file: &'static Path) -> u64 {
    run(
        move || Measurements::of(file),
        |measurements| {
            fold_keyed(measurements, Some, || Summary::EMPTY, |summary, tenths| summary.add(tenths))
        },
        |sum, (station, summary)| sum.wrapping_add(summary.digest(&station.bytes())),
    )
}

/// Items through a graph into a sum.
fn run<T, I, R>(
    items: impl FnOnce() -> I + Send + Sync + 'static,
    graph: impl for<'scope> FnOnce(Stream<'scope, T>) -> Stream<'scope, R> + Send + Sync + 'static,
    add: impl Fn(u64, &R) -> u64 + Send + Sync + 'static,
) -> u64
where
    T: Clone + 'static,
    R: 'static,
    I: Iterator<Item = T> + 'static,
{
    timely::execute_directly(move |worker| {
        let sum = Rc::new(Cell::new(0));
        let result = Rc::clone(&sum);
        worker.dataflow::<u64, _, _>(|scope| {
            graph(source(scope, items())).sink(Pipeline, "sum", move |(input, _)| {
                input.for_each_stamp(|_, batches| {
                    let rows = batches.flat_map(|batch| batch.drain(..));
                    sum.set(rows.fold(sum.get(), |sum, row| add(sum, &row)));
                });
            });
        });
        while worker.step() {}
        result.get()
    })
}

/// Gives some items at a time: timely's own source gives as many as would leave the cache before the next operator sees
/// them.
fn source<'scope, T: Clone + 'static>(
    scope: Scope<'scope, u64>,
    items: impl Iterator<Item = T> + 'static,
) -> Stream<'scope, T> {
    let items = generic::source(scope, "items", |capability, info| {
        let activator = scope.activator_for(info.address);
        let (mut capability, mut items) = (Some(capability), items.fuse());
        move |output| {
            if let (Some(first), Some(stamp)) = (items.next(), &capability) {
                let mut session = output.session(stamp);
                session.give(first);
                session.give_iterator(items.by_ref().take(AT_ONCE - 1));
                activator.activate();
            } else {
                capability = None;
            }
        }
    });
    items.container::<Vec<_>>()
}

/// Items through a keyed operator into a sum.
fn run_operator<T, I, O>(
    items: impl FnOnce() -> I + Send + Sync + 'static,
    operator: impl FnOnce() -> O + Send + Sync + 'static,
) -> u64
where
    T: Clone + 'static,
    I: Iterator<Item = T> + 'static,
    O: Operator<T>,
{
    run(items, move |items| operate(items, Some, operator()), O::sum)
}

/// What of the items is selected goes through a keyed operator.
fn operate<'scope, T: 'static, S, O: Operator<S>>(
    items: Stream<'scope, T>,
    select: impl Fn(T) -> Option<S> + 'static,
    operator: O,
) -> Stream<'scope, O::Row> {
    let rows = items.unary_frontier(Pipeline, "operator", |capability, _| {
        let (mut capability, mut operator) = (Some(capability), operator);
        move |(input, frontier), output| {
            input.for_each_stamp(|stamp, batches| {
                let mut session = output.session(&stamp);
                for item in batches.flat_map(|batch| batch.drain(..)).filter_map(&select) {
                    operator.take(item, |row| session.give(row));
                }
            });
            if frontier.is_empty()
                && let Some(capability) = capability.take()
            {
                let mut session = output.session(&capability);
                operator.end(|row| session.give(row));
            }
        }
    });
    rows.container::<Vec<_>>()
}

/// One value a key, made of those that are selected, when all have come.
fn fold_keyed<'scope, T: 'static, K: Clone + Eq + Hash + 'static, V, S: Clone + 'static>(
    items: Stream<'scope, T>,
    select: impl Fn(T) -> Option<(K, V)> + 'static,
    builder: impl Fn() -> S + 'static,
    folder: impl Fn(&mut S, V) + 'static,
) -> Stream<'scope, (K, S)> {
    let folded = items.unary_frontier(Pipeline, "fold", |capability, _| {
        let mut capability = Some(capability);
        let mut keys: Map<K, S> = Map::default();
        move |(input, frontier), output| {
            input.for_each_stamp(|_, batches| {
                for (key, value) in batches.flat_map(|batch| batch.drain(..)).filter_map(&select) {
                    folder(keys.entry(key).or_insert_with(&builder), value);
                }
            });
            if frontier.is_empty()
                && let Some(capability) = capability.take()
            {
                output.session(&capability).give_iterator(keys.drain());
            }
        }
    });
    folded.container::<Vec<_>>()
}
