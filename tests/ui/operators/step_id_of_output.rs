//! The id of an output, as in Bytewax.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        numbers.output("out", StdOutSink);
    };
}
