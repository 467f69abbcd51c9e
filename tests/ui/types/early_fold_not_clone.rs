//! Early results of an accumulator that cannot be copied.

use chrono::DateTime;
use flow::prelude::*;

struct Sum(u64);

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.fold_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            builder = || Sum(0),
            folder = |sum, number| Sum(sum.0 + number),
            merger = |one, other| Sum(one.0 + other.0),
            early = 100,
        );
        sums.early.map_value(|(_, sum)| sum.0).inspect(|_| {});
        sums.down.map_value(|(_, sum)| sum.0).inspect(|_| {});
    };
}
