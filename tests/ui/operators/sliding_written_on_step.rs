//! The arguments of a windower, written on the operator.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let counts = keyed.count_window(clock = SystemClock(), length = 10s, offset = 5s, align_to = start);
        counts.down.output(StdOutSink);
    };
}
