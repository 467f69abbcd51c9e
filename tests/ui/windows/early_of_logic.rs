//! A port that this operator never has.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let results = keyed.window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            logic = Count::new,
        );
        results.early.inspect(|_| {});
    };
}
