//! What shows batches: all items that are at hand at once, and the number of the activation.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "blocks are written as their users write them"
)]

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::TimeDelta;
use common::every_way;
use flow::prelude::*;
use flow::time::SimulatedTime;
use simulated::{instant, run};

const SECOND: i128 = 1_000_000_000;

fn still() -> SimulatedTime {
    SimulatedTime::starting_at(instant(0))
}

#[test]
fn flat_map_batch_1() {
    let sink = CollectingSink::new();
    let lengths = sink.collected();
    let flow = dataflow! {
        let numbers = input(TestingSource::new([1, 2, 3, 4, 5]).batch_size(2));
        let lengths = numbers.flat_map_batch(|batch| [batch.len()]);
        lengths.output(sink);
    };
    flow.run_in(still()).unwrap();
    assert_eq!(lengths.take(), [2, 2, 1]);
}

/// However they are cut, no item is lost and none overtakes another.
#[test]
fn a_batch_is_what_a_poll_takes() {
    every_way(|way| {
        let (sink, mut lengths) = (CollectingSink::new(), Vec::new());
        let numbers = sink.collected();
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..20));
            let odd = numbers.filter(|number| number % 2 != 0);
            let same = odd.key_on(|number| number % 3).flat_map_batch(|batch| {
                lengths.push(batch.len());
                batch
            });
            same.map(|(_, number)| number).output(sink);
        };
        let report = way.start(flow, still()).run().unwrap();
        assert_eq!(numbers.take(), (0..20).filter(|number| number % 2 != 0).collect::<Vec<_>>(), "{way:?}");
        let all: Vec<_> = (0..20).collect();
        let odd = all.chunks(way.batch).map(|piece| piece.iter().filter(|number| *number % 2 != 0).count());
        let expected: Vec<_> = odd.filter(|length| *length > 0).collect();
        assert_eq!(lengths, expected, "{way:?}");
        let step = report.step("same").unwrap();
        assert_eq!((step.items_in, step.items_out), (10, 10), "{way:?}");
    });
}

/// Where sources take turns, an activation is many passes; what they bring is one batch all the same.
#[test]
fn a_batch_is_of_all_sources() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let batches = sink.collected();
        let flow = dataflow! {
            let small = input(TestingSource::new([1, 2, 3, 4]));
            let large = input(TestingSource::new([10, 20, 30, 40]));
            let all = merge(small, large);
            let batches = all.flat_map_batch(|batch| [batch.into_vec()]);
            batches.output(sink);
        };
        way.start(flow, still()).run().unwrap();
        let turns = [1, 10, 2, 20, 3, 30, 4, 40];
        let expected: Vec<_> = turns.chunks(2 * way.batch.min(4)).map(<[_]>::to_vec).collect();
        assert_eq!(batches.take(), expected, "{way:?}");
    });
}

/// What is emitted where the activation settles is in its batch, too.
#[test]
fn a_batch_is_what_comes_due_together() {
    every_way(|way| {
        let time = still();
        let sink = CollectingSink::new();
        let batches = sink.collected();
        let arrivals =
            [(0, 'a'), (0, 'b'), (9, 'a')].map(|(second, letter)| (instant(second * SECOND), letter));
        let flow = dataflow! {
            let letters = input(TimedSource::new(arrivals));
            let lists = letters.key_on(|letter| *letter).collect(timeout = 5s, max_size = 9);
            let batches = lists.flat_map_batch(|lists| [lists.len()]);
            batches.output(sink);
        };
        run(way, flow, &time, 12);
        assert_eq!(batches.take(), [2, 1], "{way:?}");
    });
}

/// Two ways that meet again: each item goes all its ways before the next, and so alone. First by the way that
/// is written first.
#[test]
fn a_batch_is_one_item_where_items_go_one_by_one() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let numbers = sink.collected();
        let flow = dataflow! {
            let numbers = input(TestingSource::new([1, 2, 3]));
            let lengths = numbers.flat_map_batch(|batch| [batch.len() * 10, batch.len() * 100]);
            merge(numbers, lengths).output(sink);
        };
        way.start(flow, still()).run().unwrap();
        assert_eq!(numbers.take(), [10, 100, 1, 10, 100, 2, 10, 100, 3], "{way:?}");
    });
}

/// Behind one another, in front of a state with a timer, and where one stream has two uses.
#[test]
fn batches_of_batches() {
    every_way(|way| {
        let (sink, others) = (CollectingSink::new(), CollectingSink::new());
        let (sums, numbers) = (sink.collected(), others.collected());
        let flow = dataflow! {
            let numbers = input(TestingSource::new(1..=6));
            numbers.output(others);
            let twice = numbers.flat_map_batch(|batch| batch.into_iter().flat_map(|number| [number, number]));
            let sums = twice.flat_map_batch(|batch| [batch.iter().sum::<i32>()]);
            let last = sums.key_on(|_| "ALL").collect(timeout = 1s, max_size = 100);
            last.map_value(|sums| sums.into_vec()).output(sink);
        };
        way.start(flow, still()).run().unwrap();
        let pieces: Vec<i32> = (1..=6).collect();
        let expected = pieces.chunks(way.batch).map(|piece| 2 * piece.iter().sum::<i32>()).collect();
        way.compare(&sums.take(), &[("ALL", expected)]);
        assert_eq!(numbers.take(), pieces, "{way:?}");
    });
}

#[test]
fn a_closure_that_panics_is_named() {
    let flow = dataflow! {
        let numbers = input(TestingSource::new([1, 2]));
        let same = numbers.flat_map_batch(|batch| {
            assert!(batch.len() > 2, "too few");
            batch
        });
        same.output(|number| panic!("{number}"));
    };
    let error = flow.run_in(still()).unwrap_err();
    assert!(matches!(error, flow::Error::Panic { step: "same", .. }), "{error}");
}

/// Items with the names and numbers that come with them.
fn inspected(batch: usize) -> Vec<(String, &'static str, u64, usize)> {
    let mut seen = Vec::new();
    let flow = dataflow! {
        let letters = input(TestingSource::new(["a", "b", "c"]));
        let insp = letters.inspect_debug(|step, item, epoch, worker| {
            seen.push((step.to_owned(), *item, epoch, worker));
        });
        insp.output(|_| {});
    };
    flow.named("f").start(still()).batch_limit(batch).run().unwrap();
    seen
}

#[test]
fn inspect_debug_1() {
    let expected = ["a", "b", "c"].map(|item| ("f.insp".to_owned(), item, 1, 0));
    assert_eq!(inspected(1000), expected);
}

/// There an epoch without length is as long as a batch.
#[test]
fn inspect_debug_2() {
    let expected = [("a", 1), ("b", 2), ("c", 3)].map(|(item, epoch)| ("f.insp".to_owned(), item, epoch, 0));
    assert_eq!(inspected(1), expected);
}

/// An activation in which nothing comes has a number, too.
#[test]
fn activations_are_counted_where_nothing_comes() {
    let time = still();
    let mut seen = Vec::new();
    let flow = dataflow! {
        let letters = input(TimedSource::new([(instant(0), 'a'), (instant(9 * SECOND), 'b')]));
        let lists = letters.key_on(|_| "ALL").collect(timeout = 5s, max_size = 9);
        lists.inspect_debug(|_, (_, list), epoch, _| seen.push((list.clone().into_vec(), epoch)));
    };
    flow.run_in(time.clone()).unwrap();
    assert_eq!(seen, [(vec!['a'], 2), (vec!['b'], 3)]);
    assert_eq!(time.time(), instant(0) + TimeDelta::seconds(9));
}

/// Without a closure it prints, and lets through.
#[test]
fn without_a_closure_it_lets_through() {
    let sink = CollectingSink::new();
    let pairs = sink.collected();
    let flow = dataflow! {
        let letters = input(TestingSource::new(["a"]));
        let keyed = letters.key_on(|_| 1).inspect_debug();
        keyed.output(sink);
        keyed.inspect_debug();
    };
    flow.run_in(still()).unwrap();
    assert_eq!(pairs.take(), [(1, "a")]);
}
