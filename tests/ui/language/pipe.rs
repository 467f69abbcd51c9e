//! Operators behind bars.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        numbers | map(|number| number * 2) | output(StdOutSink);
    };
}
