//! All streams of a `branch` thrown away with `_`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let (_, _) = numbers.branch(|number| *number > 1);
        numbers.output(StdOutSink);
    };
}
