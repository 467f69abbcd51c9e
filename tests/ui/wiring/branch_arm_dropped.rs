//! One stream of a `branch` that nobody takes.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let sides = numbers.branch(|number| *number > 1);
        sides.trues.output(StdOutSink);
    };
}
