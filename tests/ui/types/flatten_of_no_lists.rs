//! A `flatten` of items that are no lists.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let flat = numbers.flatten();
        flat.output(StdOutSink);
    };
}
