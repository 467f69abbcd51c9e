//! A `let` with an `else`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3)) else { return };
        numbers.output(StdOutSink);
    };
}
