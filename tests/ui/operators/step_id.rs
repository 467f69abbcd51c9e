//! A step's id in front, as in Bytewax.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let loud = numbers.map("double", |number| number * 2);
        loud.output(StdOutSink);
    };
}
