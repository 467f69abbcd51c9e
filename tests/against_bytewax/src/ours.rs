//! Runs a case on `flow`, in a simulated time.

mod joins;
mod keyed;
mod plain;
mod windows;

use std::cell::RefCell;
use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::time::SimulatedTime;
use serde_json::{Value, json};

use crate::case::{Case, Operator};
use crate::reference::Streams;

/// More polls than any case takes.
const MOST_POLLS: usize = 20_000;
/// What the numbers of the closures stay below.
const MODULUS: i64 = 1_000_003;

/// An item.
#[derive(Clone, Copy, Debug)]
struct Item {
    key: u8,
    at: DateTime<Utc>,
    number: i64,
    side: u8,
    /// Which row it was.
    serial: usize,
}

/// Runs a case. Gives what came out, by stream and key.
pub(crate) fn run(case: &Case) -> Result<Streams, flow::Error> {
    let recorder = Recorder::new(case);
    let operator = case.operator;
    if operator == Operator::Join {
        joins::join(case, &recorder)?;
    } else if operator == Operator::JoinWindow {
        joins::join_window(case, &recorder)?;
    } else if Operator::WINDOWED.contains(&operator) {
        windows::run(case, &recorder)?;
    } else if Operator::KEYED.contains(&operator) || operator == Operator::KeyedValues {
        keyed::run(case, &recorder)?;
    } else {
        plain::run(case, &recorder)?;
    }
    Ok(recorder.streams.into_inner())
}

/// Writes down what comes out, and when.
struct Recorder {
    streams: RefCell<Streams>,
    time: SimulatedTime,
    tick: Option<i64>,
    start: i64,
}

impl Recorder {
    fn new(case: &Case) -> Self {
        let start = case.rows.first().map_or(0, |row| row.2);
        Self {
            streams: RefCell::default(),
            time: SimulatedTime::starting_at(instant(start)),
            tick: case.tick,
            start,
        }
    }

    /// Something has come out. In a case that goes in ticks, the next tick is noted in front.
    fn put(&self, stream: &str, key: &impl ToString, value: Value) {
        let value = match (self.tick, value) {
            (None, value) => value,
            (Some(tick), Value::Array(mut values)) if stream != "out" => {
                values.insert(0, json!(self.next_tick(tick)));
                Value::Array(values)
            }
            (Some(tick), value) => json!([self.next_tick(tick), value]),
        };
        let mut streams = self.streams.borrow_mut();
        streams.entry(stream.to_owned()).or_default().entry(key.to_string()).or_default().push(value);
    }

    /// The first tick that is not before the time, which may stand between two.
    fn next_tick(&self, tick: i64) -> i64 {
        let nanoseconds = self.time.time().timestamp_nanos_opt().unwrap_or(i64::MAX) - self.start * 1_000;
        let tick = tick * 1_000;
        let ticks = nanoseconds.div_euclid(tick) + i64::from(nanoseconds.rem_euclid(tick) > 0);
        self.start + ticks * (tick / 1_000)
    }

    /// Runs a flow to its end, from one due time to the next.
    fn run(&self, case: &Case, flow: impl Dataflow) -> Result<(), flow::Error> {
        let running = flow.start(self.time.clone()).batch_limit(case.batch);
        let mut running = running.partitions(case.partitions);
        for _ in 0..MOST_POLLS {
            match running.poll(Waker::noop())? {
                Progress::Busy => {}
                Progress::Idle(Some(due)) => {
                    assert!(due > self.time.time(), "it waits for what is past");
                    self.time.set(due);
                }
                Progress::Idle(None) => panic!("it waits for nothing"),
                Progress::Ended => return Ok(()),
            }
        }
        panic!("it goes on and on");
    }
}

/// The items of a case, each at its system time.
fn items(case: &Case) -> impl Iterator<Item = (DateTime<Utc>, Item)> {
    case.rows.iter().enumerate().map(|(serial, row)| {
        let item = Item { key: row.0, at: instant(row.1), number: row.3, side: row.4, serial };
        (instant(row.2), item)
    })
}

fn instant(microseconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::microseconds(microseconds)
}

/// A computation in which the order matters.
fn combine(left: i64, right: i64) -> i64 {
    (left * 31 + right * 7 + 3) % MODULUS
}

impl Case {
    fn changed(&self, item: Item) -> Item {
        Item { number: (item.number * self.a + self.b) % MODULUS, ..item }
    }

    fn divides(&self, item: Item) -> bool {
        item.number % self.m == 0
    }
}

/// None, one or two of an item.
fn copies(item: Item) -> impl Iterator<Item = Item> {
    (0..item.number % 3).map(move |copy| Item { number: item.number + copy, ..item })
}
