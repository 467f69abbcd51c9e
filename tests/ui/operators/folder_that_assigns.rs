//! A folder that changes its accumulator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.fold_final(|| 0, |sum, number| *sum += number);
        sums.output(StdOutSink);
    };
}
