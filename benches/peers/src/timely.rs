//! timely dataflow, one worker. Every operator is in a pipeline: with one worker an exchange would do the same.

use std::cell::Cell;
use std::rc::Rc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use timely::dataflow::StreamVec;
use timely::dataflow::channels::pact::Pipeline;
use timely::dataflow::operators::generic::Operator as _;
use timely::dataflow::operators::vec::{Filter, Map, ToStream};

use crate::operators::{Lists, Operator, Sessions, SlidingSums, TumblingCounts, TumblingLists};
use crate::shared::workloads::{Event, Order, step, word_digest};

pub(crate) fn chain(items: &'static [u64]) -> u64 {
    timely::execute_directly(move |worker| {
        let sum = Rc::new(Cell::new(0));
        let result = Rc::clone(&sum);
        worker.dataflow::<u64, _, _>(|scope| {
            let parts = (items.iter().copied().to_stream(scope))
                .map(|item| item.wrapping_mul(0x9e37_79b9))
                .filter(|mixed| mixed % 4 != 0)
                .map(|mixed| mixed ^ (mixed >> 7))
                .flat_map(|folded| [folded, folded.wrapping_add(13)])
                .filter(|part| part % 5 != 0);
            fold(parts, sum, |sum, part| step(sum, *part));
        });
        while worker.step() {}
        result.get()
    })
}

pub(crate) fn lists(items: &'static [u64], keys: u64) -> u64 {
    run(move || items.iter().map(move |item| (item % keys, *item)), Lists::default)
}

pub(crate) fn string_lists(orders: &'static [Order]) -> u64 {
    run(move || orders.iter().map(|order| (order.user.as_str(), order.amount)), Lists::default)
}

pub(crate) fn tumbling_lists(events: &'static [Event]) -> u64 {
    run(move || events.iter().copied(), TumblingLists::default)
}

pub(crate) fn tumbling_counts(events: &'static [Event]) -> u64 {
    run(move || events.iter().copied(), TumblingCounts::default)
}

pub(crate) fn sliding_sums(events: &'static [Event], overlap: i64) -> u64 {
    run(move || events.iter().copied(), move || SlidingSums::new(overlap))
}

pub(crate) fn sessions(events: &'static [Event]) -> u64 {
    run(move || events.iter().copied(), Sessions::default)
}

pub(crate) fn words(text: &'static str) -> u64 {
    timely::execute_directly(move |worker| {
        let sum = Rc::new(Cell::new(0));
        let result = Rc::clone(&sum);
        worker.dataflow::<u64, _, _>(|scope| {
            let words = text.lines().to_stream(scope).flat_map(str::split_ascii_whitespace);
            let counts = words.unary_frontier(Pipeline, "count", |capability, _| {
                let mut capability = Some(capability);
                let mut counts: HashMap<&'static str, u64, FxBuildHasher> = HashMap::default();
                move |(input, frontier), output| {
                    input.for_each_stamp(|_, batches| {
                        for word in batches.flat_map(|batch| batch.drain(..)) {
                            *counts.entry(word).or_default() += 1;
                        }
                    });
                    if frontier.is_empty()
                        && let Some(capability) = capability.take()
                    {
                        output.session(&capability).give_iterator(counts.drain());
                    }
                }
            });
            fold(counts.container::<Vec<_>>(), sum, |sum, (word, count)| {
                sum.wrapping_add(word_digest(word, *count))
            });
        });
        while worker.step() {}
        result.get()
    })
}

/// Items through a keyed operator into a sum.
fn run<T, I, O>(
    items: impl FnOnce() -> I + Send + Sync + 'static,
    operator: impl FnOnce() -> O + Send + Sync + 'static,
) -> u64
where
    T: Clone + 'static,
    I: Iterator<Item = T> + 'static,
    O: Operator<T>,
{
    timely::execute_directly(move |worker| {
        let sum = Rc::new(Cell::new(0));
        let result = Rc::clone(&sum);
        worker.dataflow::<u64, _, _>(|scope| {
            let rows = items().to_stream(scope).unary_frontier(Pipeline, "operator", |capability, _| {
                let mut capability = Some(capability);
                let mut operator = operator();
                move |(input, frontier), output| {
                    input.for_each_stamp(|stamp, batches| {
                        let mut session = output.session(&stamp);
                        for item in batches.flat_map(|batch| batch.drain(..)) {
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
            fold(rows.container::<Vec<_>>(), sum, |sum, row| O::sum(sum, row));
        });
        while worker.step() {}
        result.get()
    })
}

fn fold<T: 'static>(
    stream: StreamVec<'_, u64, T>,
    sum: Rc<Cell<u64>>,
    fold: impl Fn(u64, &T) -> u64 + 'static,
) {
    stream.sink(Pipeline, "fold", move |(input, _)| {
        input.for_each_stamp(|_, batches| {
            sum.set(batches.flat_map(|batch| batch.drain(..)).fold(sum.get(), |sum, item| fold(sum, &item)));
        });
    });
}
