//! Items that cannot be cloned, in windows that overlap.

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;

/// There is only one of each.
#[derive(Debug)]
struct Ticket(DateTime<Utc>);

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let length = TimeDelta::seconds(10);
    let _ = dataflow! {
        let tickets = input(TestingSource::new([Ticket(start)]));
        let keyed = tickets.key_on(|_| "ALL");
        let windows = keyed.collect_window(
            clock = EventClock(|ticket| ticket.0, wait_for_system_duration = 0s),
            windower = SlidingWindower(length = length, offset = 5s, align_to = start),
        );
        windows.down.map_value(|(window, list)| (window, list.len())).output(StdOutSink);
    };
}
