//! An operator with types.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "2"]));
        let numbers = words.filter_map::<u32>(|word| word.parse().ok());
        numbers.output(StdOutSink);
    };
}
