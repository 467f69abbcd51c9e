//! W1: a chain without state.

use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::Sink;

use super::data::numbers;
use super::{Contestant, Peers, Workload, step};

pub(super) const WORKLOADS: &[Workload] = &[Workload {
    name: "w1",
    what: "map, filter, map, flat_map, filter, fold over u64",
    item: "item",
    items: 8_000_000,
    sample: 100_000,
    contestants,
}];

fn contestants(items: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let items = numbers(items);
    let mut all = vec![
        Contestant::new("hand", || by_hand(items)),
        Contestant::new("iterators", || of_iterators(items)),
        Contestant::new("flow", || as_flow(items)),
    ];
    all.extend(peers.chain(items));
    all
}

fn by_hand(items: &[u64]) -> u64 {
    let mut sum = 0;
    for &item in items {
        let mixed = item.wrapping_mul(0x9e37_79b9);
        if mixed % 4 == 0 {
            continue;
        }
        let folded = mixed ^ (mixed >> 7);
        for part in [folded, folded.wrapping_add(13)] {
            if part % 5 != 0 {
                sum = step(sum, part);
            }
        }
    }
    sum
}

fn of_iterators(items: &[u64]) -> u64 {
    (items.iter())
        .map(|item| item.wrapping_mul(0x9e37_79b9))
        .filter(|mixed| mixed % 4 != 0)
        .map(|mixed| mixed ^ (mixed >> 7))
        .flat_map(|folded| [folded, folded.wrapping_add(13)])
        .filter(|part| part % 5 != 0)
        .fold(0, step)
}

fn as_flow(items: &[u64]) -> u64 {
    let mut sum = 0;
    let flow = dataflow! {
        let items = input(IterSource::new(items.iter().copied()));
        let mixed = items.map(|item| item.wrapping_mul(0x9e37_79b9));
        let some = mixed.filter(|mixed| mixed % 4 != 0);
        let folded = some.map(|mixed| mixed ^ (mixed >> 7));
        let parts = folded.flat_map(|folded| [folded, folded.wrapping_add(13)]);
        let odd = parts.filter(|part| part % 5 != 0);
        odd.output(Fold { sum: 0, result: &mut sum });
    };
    flow.run().expect("nothing here can fail");
    sum
}

/// A sink that folds what comes into a number.
struct Fold<'a> {
    sum: u64,
    result: &'a mut u64,
}

impl Sink<u64> for Fold<'_> {
    fn write(&mut self, item: u64) -> Result<(), BoxError> {
        self.sum = step(self.sum, item);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        *self.result = self.sum;
        Ok(())
    }
}
