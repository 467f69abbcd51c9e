//! The greatest of what cannot be compared as it is.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let windows = keyed.max_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        windows.down.output(StdOutSink);
    };
}
