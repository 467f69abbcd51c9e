//! A `flat_map` whose closure gives no list.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let next = numbers.flat_map(|number| number + 1);
        next.output(StdOutSink);
    };
}
