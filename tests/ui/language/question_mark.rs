//! A `?` behind an operator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "x"]));
        let numbers = words.map(|word| word.parse::<u32>())?;
        numbers.output(StdOutSink);
    };
}
