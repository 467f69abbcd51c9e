//! A reducer of one value.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.reduce_final(|value| value);
        sums.output(StdOutSink);
    };
}
