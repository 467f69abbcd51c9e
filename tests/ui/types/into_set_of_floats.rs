//! A set of what has no order.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new([0.5, 1.5]));
        let keyed = numbers.key_on(|_| 'k');
        let sets = keyed.collect_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            into = set,
        );
        sets.down.map_value(|(window, set)| (window, set.len())).inspect(|_| {});
    };
}
