//! A `let` without a name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
        numbers.output(StdOutSink);
    };
}
