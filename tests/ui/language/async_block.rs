//! An `async` block among the statements.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        async {
            numbers.output(StdOutSink);
        }
    };
}
