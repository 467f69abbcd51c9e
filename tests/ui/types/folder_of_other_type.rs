//! A folder that gives something else than the accumulator.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let counts = keyed.fold_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
            builder = || 0_u32,
            folder = |count, _| format!("{count}"),
            merger = |count, other| count + other,
        );
        counts.down.output(StdOutSink);
    };
}
