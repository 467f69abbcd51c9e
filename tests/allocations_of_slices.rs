//! A warm sliding sum allocates nothing, and neither do counts, means, greatest values and shared folds.

use std::cell::Cell;
use std::task::Waker;

use chrono::{DateTime, TimeDelta};
use flow::engine::{Progress, Running};
use flow::prelude::*;
use flow::time::{StillTime, Timestamp};

/// How many items make a flow warm, and over how many it must allocate nothing.
const WARM: u64 = 400_000;
const MEASURED: u64 = 100_000;

/// Items a millisecond apart, without end. `given` says how many there were.
fn events(given: &Cell<u64>) -> impl Iterator<Item = (Timestamp, u64)> {
    (0_u64..).map(|number| {
        given.set(number + 1);
        let scattered = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        (Timestamp::from_nanoseconds(i64::try_from(number).unwrap() * 1_000_000), scattered)
    })
}

fn allocations_once_warm(flow: impl Dataflow, given: &Cell<u64>) -> u64 {
    let mut running: Running<_, _> = flow.start(StillTime::at(DateTime::UNIX_EPOCH));
    let mut run_until = |items| {
        while given.get() < items {
            assert_eq!(running.poll(Waker::noop()).expect("nothing here can fail"), Progress::Busy);
        }
    };
    run_until(WARM);
    allocation_counter::measure(|| run_until(WARM + MEASURED)).count_total
}

macro_rules! warm {
    ($operator:ident($($name:ident = $value:expr),*)) => {{
        let given = Cell::new(0);
        let mut windows = 0_u64;
        let flow = dataflow! {
            let items = input(IterSource::new(events(&given)));
            let keyed = items.key_on(|(_, number)| number % 50);
            let sums = keyed.$operator(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
                windower = SlidingWindower(
                    length = TimeDelta::seconds(10),
                    offset = 1s,
                    align_to = DateTime::UNIX_EPOCH,
                ),
                $($name = $value,)*
                ordered = false,
            );
            sums.down.output(|_| windows += 1);
        };
        assert_eq!(allocations_once_warm(flow, &given), 0);
        assert!(windows > 20_000, "only {windows} windows have closed");
    }};
}

#[test]
fn sums() {
    warm!(sum_window(of = |(_, number)| *number));
}

#[test]
fn means() {
    warm!(mean_window(of = |(_, number)| *number));
}

#[test]
fn counts() {
    warm!(count_window());
}

#[test]
fn greatest_values() {
    warm!(max_window(by = |(_, number)| *number));
    warm!(top_k_window(k = 3, by = |(_, number)| *number));
}

#[test]
fn shared_folds() {
    warm!(fold_window(
        builder = || 0,
        folder = |sum, (_, number)| sum + number,
        merger = |sum, other| sum + other,
        combine = true
    ));
}
