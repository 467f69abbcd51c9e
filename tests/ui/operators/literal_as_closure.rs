//! A number where a closure belongs.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled = numbers.map(2);
        doubled.output(StdOutSink);
    };
}
