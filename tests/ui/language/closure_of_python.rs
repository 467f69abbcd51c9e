//! A closure as Python writes it.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let doubled = numbers.map(lambda number: number * 2);
        doubled.output(StdOutSink);
    };
}
