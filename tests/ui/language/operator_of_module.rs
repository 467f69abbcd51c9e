//! An operator as a function of a module.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let doubled = op::map(numbers, |number| number * 2);
        doubled.output(StdOutSink);
    };
}
