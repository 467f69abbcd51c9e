//! One name for two streams.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let numbers = numbers.map(|number| number + 1);
        numbers.output(StdOutSink);
    };
}
