//! A mapper that gives the value alone.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.stateful_map(|sum, number| sum.unwrap_or(0) + number);
        sums.output(StdOutSink);
    };
}
