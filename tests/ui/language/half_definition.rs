//! A `let` that ends behind its `=`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled = ;
        numbers.output(StdOutSink);
    };
}
