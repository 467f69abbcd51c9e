//! Early results of an operator that has none, and their stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let rows = join_window(
            keyed,
            keyed,
            clock = SystemClock(),
            windower = SessionWindower(gap = 10s),
            early = 100,
        );
        rows.down.output(StdOutSink);
        rows.early.output(StdOutSink);
    };
}
