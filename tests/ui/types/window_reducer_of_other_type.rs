//! A reducer of windows that gives something else than a value.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, 1), (start, 2)];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let windows = keyed.reduce_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
            reducer = |(_, one), (_, other)| one + other,
        );
        windows.down.output(StdOutSink);
    };
}
