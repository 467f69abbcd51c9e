//! An input as a method of a flow.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = flow.input(TestingSource::new(0..10));
        numbers.output(StdOutSink);
    };
}
