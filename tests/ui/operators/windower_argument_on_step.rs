//! An argument of the windower at the operator.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let counts = keyed.count_window(
            clock = EventClock(|_| start, wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 10s),
            gap = 5s,
        );
        counts.down.output(StdOutSink);
    };
}
