//! A stream that is not of the type written.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers: Stream<String> = input(TestingSource::new([1_u32, 2]));
        numbers.output(StdOutSink);
    };
}
