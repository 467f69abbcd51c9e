//! A closure that ends behind a dot.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let digits = numbers.map(|number| number.);
        digits.output(StdOutSink);
    };
}
