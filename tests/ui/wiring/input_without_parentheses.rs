//! An `input` without its source.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input;
        numbers.output(StdOutSink);
    };
}
