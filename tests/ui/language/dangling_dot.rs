//! A line that is not finished.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.;
        numbers.output(StdOutSink);
    };
}
