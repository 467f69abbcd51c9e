//! A windower aligned to text.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let counts = keyed.count_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = "2022-01-01"),
        );
        counts.down.output(StdOutSink);
    };
}
