//! One item of a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let first = numbers[0];
        first.output(StdOutSink);
    };
}
