//! A map of what is no pair.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sets = keyed.collect_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            into = map,
        );
        sets.down.map_value(|(window, set)| (window, set.len())).inspect(|_| {});
    };
}
