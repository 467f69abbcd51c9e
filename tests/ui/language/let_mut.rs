//! A stream that is to change.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let mut numbers = input(TestingSource::new(0..3));
        numbers.output(StdOutSink);
    };
}
