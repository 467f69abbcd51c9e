//! An operator of which there is one for the end of the input and one for windows.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.fold(builder = || 0, folder = |sum, number| sum + number);
        sums.output(StdOutSink);
    };
}
