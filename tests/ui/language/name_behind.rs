//! A name behind what it is for.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        numbers.map(|number| number * 2) -> doubled;
        doubled.output(StdOutSink);
    };
}
