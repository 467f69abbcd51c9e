//! A stream that is given another value.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers = numbers.map(|number| number + 1);
        numbers.output(StdOutSink);
    };
}
