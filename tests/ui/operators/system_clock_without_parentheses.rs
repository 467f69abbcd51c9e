//! A clock that takes no arguments, without its parentheses.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let visits = [(start, "in"), (start, "out")];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| "ALL");
        let windows = keyed.count_window(
            clock = SystemClock,
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        windows.down.output(StdOutSink);
    };
}
