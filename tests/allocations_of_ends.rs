//! The ends that come with the crate allocate nothing once they are warm, as long as their parts do not.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Waker;

use chrono::DateTime;
use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::{BatchSink, InBatches, PartitionedSink};
use flow::sources::{Batch, Partition, PartitionedSource, Source, SourceStatus};
use flow::time::StillTime;

const WARM: u64 = 100_000;
const MEASURED: u64 = 100_000;

/// Three partitions that count without end.
struct Counters(Rc<Cell<u64>>);

struct Counter {
    next: u64,
    given: Rc<Cell<u64>>,
}

impl PartitionedSource for Counters {
    type Part = Counter;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok(["a", "b", "c"].map(str::to_owned).into())
    }

    fn build_part(&mut self, _: &str, position: Option<u64>) -> Result<Counter, BoxError> {
        Ok(Counter { next: position.unwrap_or(0), given: Rc::clone(&self.0) })
    }
}

impl Source for Counter {
    type Item = u64;

    fn next_batch(&mut self, batch: &mut Batch<'_, u64>) -> Result<SourceStatus, BoxError> {
        while !batch.is_full() {
            batch.push(self.next);
            self.next += 1;
            self.given.set(self.given.get() + 1);
        }
        Ok(SourceStatus::Ready)
    }
}

impl Partition for Counter {
    type Position = u64;

    fn position(&self) -> u64 {
        self.next
    }
}

/// Adds up what comes, a batch at a time.
struct Sum(Rc<Cell<u64>>);

impl BatchSink<u64> for Sum {
    fn write_batch(&mut self, items: &mut Vec<u64>) -> Result<(), BoxError> {
        self.0.set(self.0.get().wrapping_add(items.drain(..).sum()));
        Ok(())
    }
}

/// Four of them.
struct Sums(Rc<Cell<u64>>);

impl PartitionedSink<u64> for Sums {
    type Part = InBatches<Sum, u64>;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok(["p", "q", "r", "s"].map(str::to_owned).into())
    }

    fn build_part(&mut self, _: &str) -> Result<Self::Part, BoxError> {
        Ok(InBatches::new(Sum(Rc::clone(&self.0))))
    }

    fn part_of(&self, number: &u64) -> u64 {
        *number
    }
}

#[test]
fn partitions_and_batches() {
    let (given, sum) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (source, sink, sinks) = (Counters(Rc::clone(&given)), Sum(Rc::clone(&sum)), Sums(Rc::clone(&sum)));
    let flow = dataflow! {
        let numbers = input(source);
        numbers.output(sink);
        numbers.output(sinks);
    };
    let mut running = flow.start(StillTime::at(DateTime::UNIX_EPOCH));
    let mut run_until = |items| {
        while given.get() < items {
            assert_eq!(running.poll(Waker::noop()).unwrap(), Progress::Busy);
        }
    };
    run_until(WARM);
    assert_eq!(allocation_counter::measure(|| run_until(WARM + MEASURED)).count_total, 0);
    assert!(sum.get() > 0);
}
