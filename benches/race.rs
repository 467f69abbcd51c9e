//! Lets contestants take turns, compares their checksums, and prints their times.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::workloads::{Contestant, Peers, Workload, all};

/// What is to be run, as the command line says it.
pub(crate) struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    pub(crate) fn read() -> Self {
        Self { words: std::env::args().skip(1).collect() }
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let place = self.words.iter().position(|word| word == name)?;
        Some(self.words.get(place + 1).unwrap_or_else(|| panic!("`{name}` takes a value")))
    }

    fn number(&self, name: &str) -> Option<usize> {
        let number = |value: &str| value.parse().unwrap_or_else(|_| panic!("`{name}` takes a number"));
        self.value(name).map(number)
    }
}

/// Counts what a run takes from the heap. None where nobody counts.
pub(crate) type Meter = Option<fn(&dyn Fn() -> u64) -> Heap>;

/// What a run took from the heap.
pub(crate) struct Heap {
    pub(crate) checksum: u64,
    pub(crate) allocations: u64,
    /// The most bytes that were in use at once, beyond those from before.
    pub(crate) peak: u64,
}

/// Runs what the arguments say: `--rounds 9`, `--items 1000000`, and `--only w2`, which is all whose names begin
/// with that word, or `--only w2/flow`, one contestant alone and without a word about the others.
pub(crate) fn run(arguments: &Arguments, peers: &dyn Peers, meter: Meter) {
    let rounds = arguments.number("--rounds").unwrap_or(9);
    let only = arguments.value("--only").map(str::to_lowercase);
    let (workload, contestant) = match only.as_deref().map(|only| only.split_once('/').ok_or(only)) {
        None => (None, None),
        Some(Ok((workload, contestant))) => (Some(workload), Some(contestant)),
        Some(Err(workload)) => (Some(workload), None),
    };
    let mut found = false;
    let is_wanted = |name: &str| match (workload, contestant) {
        (None, _) => true,
        (Some(workload), None) => is_meant(workload, name),
        (Some(workload), Some(_)) => workload == name,
    };
    for work in all().filter(|work| is_wanted(work.name)) {
        let items = arguments.number("--items").unwrap_or(work.items);
        let mut contestants = (work.contestants)(items, peers);
        contestants.retain(|one| contestant.is_none_or(|wanted| wanted == one.name));
        found |= !contestants.is_empty();
        compare(work, items, &contestants, rounds, meter);
    }
    assert!(found, "there is no such work or contestant");
}

/// `w2` means `w2` and `w2-large`, but not `w21`.
fn is_meant(wanted: &str, name: &str) -> bool {
    name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// What was measured of one contestant.
struct Row<'a> {
    contestant: &'a Contestant,
    heap: Option<Heap>,
    times: Vec<Duration>,
}

/// Runs each contestant once to see that they agree, then lets them take turns.
fn compare(work: &Workload, items: usize, contestants: &[Contestant], rounds: usize, meter: Meter) {
    println!("{}: {} ({items} {}s)", work.name, work.what, work.item);
    let mut checksum = None;
    let mut agree = |contestant: &Contestant, sum: u64| {
        let first = *checksum.get_or_insert(sum);
        assert_eq!(first, sum, "{}/{} computes something else", work.name, contestant.name);
    };
    let mut rows = Vec::new();
    for contestant in contestants {
        let meter = meter.filter(|_| !contestant.is_elsewhere);
        let heap = meter.map(|meter| meter(&|| contestant.compete().checksum));
        match &heap {
            Some(heap) => agree(contestant, heap.checksum),
            None if contestant.only_checks => agree(contestant, contestant.compete().checksum),
            None => {}
        }
        if !contestant.only_checks {
            rows.push(Row { contestant, heap, times: Vec::new() });
        }
    }
    for _ in 0..rounds {
        for row in &mut rows {
            let start = now();
            let outcome = black_box(row.contestant.compete());
            row.times.push(outcome.took.unwrap_or_else(|| start.elapsed()));
            agree(row.contestant, outcome.checksum);
        }
    }
    print(&rows, items);
    println!("  checksum {:016x}", checksum.unwrap_or_default());
}

/// Each round's times are compared with those of that round's first contestant: the loop by hand.
#[expect(clippy::cast_precision_loss, reason = "these are few enough")]
fn print(rows: &[Row<'_>], items: usize) {
    for row in rows {
        let nanoseconds = row.times.iter().map(|time| time.as_secs_f64() * 1e9 / items as f64);
        let ratios =
            (row.times.iter().zip(&rows[0].times)).map(|(own, hand)| own.as_secs_f64() / hand.as_secs_f64());
        let heap = row.heap.as_ref().map_or_else(String::new, |heap| {
            let (allocations, peak) = (heap.allocations as f64 / items as f64, heap.peak as f64 / 1e6);
            format!("  {allocations:8.4} allocations  {peak:8.2} MB")
        });
        let (name, time, ratio) = (row.contestant.name, median(nanoseconds), median(ratios));
        println!("  {name:24} {time:9.2} ns  {ratio:7.2} x{heap}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
