//! The clock and the windower in the other order.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let counts = keyed.count_window(SessionWindower(10s), SystemClock());
        counts.down.output(StdOutSink);
    };
}
