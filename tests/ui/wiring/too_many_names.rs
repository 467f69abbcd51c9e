//! Two names for the one stream of an operator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let (small, large) = numbers.filter(|number| *number < 2);
        small.output(StdOutSink);
        large.output(StdOutSink);
    };
}
