//! An accumulator where a window's builder is due.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let empty = 0;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.fold_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            builder = empty,
            folder = |sum, number| sum + number,
            merger = |sum, other| sum + other,
        );
        sums.down.output(StdOutSink);
    };
}
