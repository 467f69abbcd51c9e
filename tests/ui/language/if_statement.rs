//! An `if` among the statements.

use flow::prelude::*;

fn main() {
    let verbose = true;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        if verbose {
            numbers.output(StdOutSink);
        } else {
            numbers.inspect(|_| {});
        }
    };
}
