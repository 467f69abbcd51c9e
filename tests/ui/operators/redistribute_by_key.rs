//! A `redistribute` that is told how.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let spread = numbers.redistribute(|number| number % 2);
        spread.output(StdOutSink);
    };
}
