//! What the tests against models share: times, and a run that cannot spin.

use std::task::Waker;

use chrono::{DateTime, Utc};
use flow::prelude::*;
use flow::time::SimulatedTime;

use crate::common::Way;

/// So many nanoseconds from 1970.
pub(crate) fn instant(nanoseconds: i128) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(i64::try_from(nanoseconds).unwrap())
}

/// Runs a flow in a simulated time to its end, and fails where it polls more often than that can take.
pub(crate) fn run(way: Way, flow: impl Dataflow, time: &SimulatedTime, most_polls: usize) {
    let mut running = way.start(flow, time.clone());
    for _ in 0..most_polls {
        match running.poll(Waker::noop()).unwrap() {
            Progress::Busy => {}
            Progress::Idle(Some(due)) => {
                assert!(due > time.time(), "it waits for what is past: {way:?}");
                time.set(due);
            }
            Progress::Idle(None) => panic!("it waits for nothing: {way:?}"),
            Progress::Ended => return,
        }
    }
    panic!("more than {most_polls} polls: {way:?}");
}
