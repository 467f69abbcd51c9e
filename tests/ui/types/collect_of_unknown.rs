//! A closure that gives what could be many types.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "2"]));
        let numbers = words.map(|word| word.parse().unwrap());
        numbers.output(StdOutSink);
    };
}
