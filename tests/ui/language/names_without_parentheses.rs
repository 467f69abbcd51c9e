//! Two names without their parentheses.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let odd, even = numbers.branch(|number| number % 2 != 0);
        odd.output(StdOutSink);
        even.output(StdOutSink);
    };
}
