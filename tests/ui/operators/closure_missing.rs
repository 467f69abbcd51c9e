//! An operator without its closure.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled = numbers.map();
        doubled.output(StdOutSink);
    };
}
