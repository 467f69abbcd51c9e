//! An option of the operator, written in its windower.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let counts = keyed.count_window(
            clock = SystemClock(),
            windower = SessionWindower(gap = 10s, ordered = true),
        );
        counts.down.output(StdOutSink);
    };
}
