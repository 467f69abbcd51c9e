//! Early results of values that cannot be copied.

use chrono::DateTime;
use flow::prelude::*;

struct Trip(u64);

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.map(|number| Trip(number)).key_on(|trip| trip.0 % 2);
        let longest = keyed.reduce_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            reducer = |one, other| if one.0 > other.0 { one } else { other },
            early = 5s,
        );
        longest.early.map_value(|(_, trip)| trip.0).inspect(|_| {});
        longest.down.map_value(|(_, trip)| trip.0).inspect(|_| {});
    };
}
