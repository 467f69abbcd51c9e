//! A remark as Python writes it.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        # odd
        let odd = numbers.filter(|number| number % 2 != 0);
        odd.output(StdOutSink);
    };
}
