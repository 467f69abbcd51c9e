//! One type for several streams, which are then taken for one.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let counts: KeyedStream<i32, u64> = keyed.count_window(SystemClock(), SessionWindower(10s));
        counts.output(StdOutSink);
    };
}
