//! A name for what an output gives.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let written = numbers.output(StdOutSink);
    };
}
