//! A predicate that gives a number.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let odd = numbers.filter(|number| number % 2);
        odd.output(StdOutSink);
    };
}
