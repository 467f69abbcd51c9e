//! An accumulator where its builder is due.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.fold_final(builder = 0, folder = |sum, number| sum + number);
        sums.output(StdOutSink);
    };
}
