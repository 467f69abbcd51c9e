//! One argument too many.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let small = numbers.filter(|number| *number < 2, 10);
        small.output(StdOutSink);
    };
}
