//! Streams of different items, merged.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let words = input(TestingSource::new(["a", "b"]));
        let all = merge(numbers, words);
        all.output(StdOutSink);
    };
}
