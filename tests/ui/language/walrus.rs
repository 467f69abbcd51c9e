//! A definition as Go and Python write it.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        doubled := numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
}
