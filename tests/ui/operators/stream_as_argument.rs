//! A stream as an argument, as in Bytewax.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let loud = map(numbers, |number| number * 2);
        loud.output(StdOutSink);
    };
}
