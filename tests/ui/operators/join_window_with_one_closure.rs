//! One closure for the times of two streams.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let left = input(TestingSource::new([(start, 1)])).key_on(|_| 'k');
        let right = input(TestingSource::new([(start, 2)])).key_on(|_| 'k');
        let rows = join_window(
            left,
            right,
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 5s),
        );
        rows.down.output(StdOutSink);
    };
}
