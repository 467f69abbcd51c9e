//! A second name for a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let same = numbers;
        same.output(StdOutSink);
    };
}
