//! A fold without a folder.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let sums = keyed.fold_final(builder = || 0);
        sums.output(StdOutSink);
    };
}
