//! A number in the place of a closure.

use flow::prelude::*;

fn main() {
    let factor = 2;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.map_value(factor);
        sums.output(StdOutSink);
    };
}
