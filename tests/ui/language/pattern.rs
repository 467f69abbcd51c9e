//! A pattern in place of the stream's name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "x"]));
        let Ok(numbers) = words.map(|word| word.parse::<u32>());
        numbers.output(StdOutSink);
    };
}
