//! Windows that do not move on.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let windows = keyed.count_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = SlidingWindower(length = 5s, offset = 0s, align_to = start),
        );
        windows.down.output(StdOutSink);
    };
}
