//! A stream that nobody takes.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled = numbers.map(|number| number * 2);
        numbers.output(StdOutSink);
    };
}
