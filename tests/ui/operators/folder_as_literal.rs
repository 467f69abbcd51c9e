//! A value where a folder is due.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.fold_final(builder = || 0, folder = 5);
        sums.output(StdOutSink);
    };
}
