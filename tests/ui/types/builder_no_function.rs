//! An accumulator where its builder is due.

use flow::prelude::*;

fn main() {
    let empty = 0;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.fold_final(builder = empty, folder = |sum: i32, number| sum + number);
        sums.output(StdOutSink);
    };
}
