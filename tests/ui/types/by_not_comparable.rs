//! Values compared by something that cannot be compared.

use chrono::DateTime;
use flow::prelude::*;

/// Neither greater nor less than another.
struct Ticket;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let windows = keyed.min_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
            by = |_| Ticket,
        );
        windows.down.output(StdOutSink);
    };
}
