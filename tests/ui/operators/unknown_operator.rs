//! A typo in an operator's name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let small = numbers.fliter(|number| *number < 2);
        small.output(StdOutSink);
    };
}
