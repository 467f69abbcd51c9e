//! Counting in windows as Bytewax has it: on a stream without keys, with a function that finds them.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let counts = visits.count_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        counts.down.output(StdOutSink);
    };
}
