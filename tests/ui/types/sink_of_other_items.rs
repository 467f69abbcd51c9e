//! A sink that cannot take these items.

use flow::prelude::*;

fn main() {
    let sink = CollectingSink::<String>::new();
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        numbers.output(sink);
    };
}
