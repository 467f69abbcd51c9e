//! The arguments of a clock and of a windower, written on the operator.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let counts = keyed.count_window(
            ts_getter = |_| DateTime::UNIX_EPOCH,
            wait_for_system_duration = 1s,
            gap = 10s,
        );
        counts.down.output(StdOutSink);
    };
}
