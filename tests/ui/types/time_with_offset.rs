//! A clock of times with an offset.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let visits = [DateTime::UNIX_EPOCH.fixed_offset()];
    let _ = dataflow! {
        let visits = input(TestingSource::new(visits));
        let keyed = visits.key_on(|_| 'k');
        let counts = keyed.count_window(
            clock = EventClock(|visit| *visit, wait_for_system_duration = 0s),
            windower = SessionWindower(gap = 10s),
        );
        counts.down.output(StdOutSink);
    };
}
