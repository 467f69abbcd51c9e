//! A method of a collection.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let odd = numbers.iter().filter(|number| number % 2 != 0);
        odd.output(StdOutSink);
    };
}
