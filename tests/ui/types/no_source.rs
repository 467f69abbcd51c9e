//! An input from something that is no source.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(vec![1, 2]);
        numbers.output(StdOutSink);
    };
}
