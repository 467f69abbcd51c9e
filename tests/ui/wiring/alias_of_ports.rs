//! A second name for a step with several streams.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let halves = numbers.branch(|number| number % 2 == 0);
        let parts = halves;
        parts.trues.output(StdOutSink);
        halves.falses.output(StdOutSink);
    };
}
