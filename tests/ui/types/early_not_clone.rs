//! Early results of what cannot be copied.

use chrono::DateTime;
use flow::prelude::*;

struct Sum(u64);

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.map(|number| Sum(number)).key_on(|sum| sum.0 % 2);
        let sums = keyed.collect_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            early = 100,
        );
        sums.early.map_value(|(window, sums)| (window, sums.len())).inspect(|_| {});
        sums.down.inspect(|_| {});
    };
}
