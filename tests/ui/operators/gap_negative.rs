//! A gap of less than no time.

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
            windower = SessionWindower(gap = -5s),
        );
        windows.down.output(StdOutSink);
    };
}
