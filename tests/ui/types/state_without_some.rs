//! A mapper that gives its state as it is.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.stateful_map(|sum, number| {
            let sum = sum.unwrap_or(0) + number;
            (sum, sum)
        });
        sums.output(StdOutSink);
    };
}
