//! Our flow against the loop that one would write by hand: the same work, the same data, in one run.
//!
//! `cargo bench --bench throughput` prints nanoseconds per item and the ratio of the two, the median over
//! several rounds in which the contestants take turns; `-- --rounds 20` takes more of them, and
//! `-- --only w1/flow --rounds 1` runs one contestant alone, to be counted by callgrind. The checksums of
//! all contestants must agree.

use std::hint::black_box;
use std::time::{Duration, Instant};

use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::Sink;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

const ITEMS: usize = 8_000_000;

/// One way to do a piece of work. Gives a checksum.
struct Contestant {
    name: &'static str,
    run: fn(&[u64]) -> u64,
}

/// A piece of work, and who does it; the first is the loop by hand that the others are compared with.
struct Workload {
    name: &'static str,
    contestants: &'static [Contestant],
}

const WORKLOADS: &[Workload] = &[
    Workload {
        name: "w1: map, filter, map, flat_map, filter, fold over u64",
        contestants: &[
            Contestant { name: "w1/hand", run: chain_by_hand },
            Contestant { name: "w1/iterators", run: chain_of_iterators },
            Contestant { name: "w1/flow", run: chain_as_flow },
        ],
    },
    Workload {
        name: "w2: lists of 3, 1 000 u64 keys",
        contestants: &[
            Contestant { name: "w2/hand", run: |items| collect_by_hand(items, 1_000) },
            Contestant { name: "w2/hand, fresh lists", run: |items| collect_fresh(items, 1_000) },
            Contestant { name: "w2/flow", run: |items| collect_as_flow(items, 1_000) },
        ],
    },
    Workload {
        name: "w2: lists of 3, 2 000 000 u64 keys",
        contestants: &[
            Contestant { name: "w2-large/hand", run: |items| collect_by_hand(items, 2_000_000) },
            Contestant { name: "w2-large/flow", run: |items| collect_as_flow(items, 2_000_000) },
        ],
    },
];

fn chain_by_hand(items: &[u64]) -> u64 {
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

fn chain_of_iterators(items: &[u64]) -> u64 {
    (items.iter())
        .map(|item| item.wrapping_mul(0x9e37_79b9))
        .filter(|mixed| mixed % 4 != 0)
        .map(|mixed| mixed ^ (mixed >> 7))
        .flat_map(|folded| [folded, folded.wrapping_add(13)])
        .filter(|part| part % 5 != 0)
        .fold(0, step)
}

fn chain_as_flow(items: &[u64]) -> u64 {
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

/// Depends on the order, so that a contestant that changes it is found out.
fn step(sum: u64, item: u64) -> u64 {
    sum.rotate_left(1) ^ item
}

fn collect_by_hand(items: &[u64], keys: u64) -> u64 {
    let mut lists: HashMap<u64, Vec<u64>, FxBuildHasher> = HashMap::default();
    let mut sum = 0;
    for &item in items {
        let key = item % keys;
        let list = lists.entry(key).or_default();
        list.push(item);
        if list.len() == 3 {
            sum = give(sum, key, list);
            list.clear();
        }
    }
    lists.iter().fold(sum, |sum, (key, list)| give_rest(sum, *key, list))
}

fn collect_fresh(items: &[u64], keys: u64) -> u64 {
    let mut lists: HashMap<u64, Vec<u64>, FxBuildHasher> = HashMap::default();
    let mut sum = 0;
    for &item in items {
        let key = item % keys;
        let list = lists.entry(key).or_default();
        list.push(item);
        if list.len() == 3 {
            sum = give(sum, key, &std::mem::take(list));
        }
    }
    lists.iter().fold(sum, |sum, (key, list)| give_rest(sum, *key, list))
}

fn collect_as_flow(items: &[u64], keys: u64) -> u64 {
    let mut sum = 0;
    let flow = dataflow! {
        let items = input(IterSource::new(items.iter().copied()));
        let keyed = items.key_on(|item| item % keys);
        let lists = keyed.collect(timeout = 1h, max_size = 3);
        lists.output(|(key, list)| match list.len() {
            3 => sum = give(sum, key, &list),
            _ => sum = give_rest(sum, key, &list),
        });
    };
    flow.run().expect("nothing here can fail");
    sum
}

fn give(sum: u64, key: u64, list: &[u64]) -> u64 {
    list.iter().fold(step(sum, key), |sum, item| step(sum, *item))
}

/// What is left at the end comes in no order that the contestants could agree on.
fn give_rest(sum: u64, key: u64, list: &[u64]) -> u64 {
    if list.is_empty() { sum } else { sum.wrapping_add(give(0, key, list)) }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value =
        |name: &str| arguments.iter().position(|word| word == name).map(|place| arguments[place + 1].clone());
    let rounds = value("--rounds").map_or(9, |rounds| rounds.parse().expect("`--rounds` takes a number"));
    let items = data();
    match value("--only") {
        Some(only) => {
            let all = WORKLOADS.iter().flat_map(|workload| workload.contestants);
            let contestant = all.into_iter().find(|contestant| contestant.name == only);
            let contestant = contestant.unwrap_or_else(|| panic!("there is no contestant `{only}`"));
            for _ in 0..rounds {
                println!("{only}: checksum {:016x}", (contestant.run)(black_box(&items)));
            }
        }
        None => WORKLOADS.iter().for_each(|workload| compare(workload, &items, rounds)),
    }
}

/// Lets the contestants take turns, and compares each round's times with that round's first.
fn compare(workload: &Workload, items: &[u64], rounds: usize) {
    println!("{}", workload.name);
    let mut times = vec![Vec::new(); workload.contestants.len()];
    let mut checksum = None;
    for _ in 0..rounds {
        for (contestant, times) in workload.contestants.iter().zip(&mut times) {
            let start = now();
            let sum = black_box((contestant.run)(black_box(items)));
            times.push(start.elapsed());
            assert_eq!(*checksum.get_or_insert(sum), sum, "{} computes something else", contestant.name);
        }
    }
    for (contestant, own) in workload.contestants.iter().zip(&times) {
        let ratios = own.iter().zip(&times[0]).map(|(own, hand)| own.as_secs_f64() / hand.as_secs_f64());
        let nanoseconds = own.iter().map(|time| nanoseconds_an_item(*time));
        println!("  {:24} {:7.2} ns/item  {:5.2} x", contestant.name, median(nanoseconds), median(ratios));
    }
    println!("  checksum {:016x}", checksum.unwrap_or_default());
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::cast_precision_loss, reason = "these are few enough")]
fn nanoseconds_an_item(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9 / ITEMS as f64
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Random numbers, the same on every run.
fn data() -> Vec<u64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 20
    };
    std::iter::repeat_with(next).take(ITEMS).collect()
}
