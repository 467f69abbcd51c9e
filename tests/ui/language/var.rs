//! A definition as other languages write it.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        var doubled = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
}
