//! A `,` at the end of a statement.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3)),
        numbers.output(StdOutSink);
    };
}
