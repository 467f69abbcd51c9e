//! An operator behind an output.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.output(StdOutSink).map(|number| number + 1);
    };
}
