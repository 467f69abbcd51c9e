//! The two closures of a fold in the other order.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.fold_final(|sum, number| sum + number, || 0);
        sums.output(StdOutSink);
    };
}
