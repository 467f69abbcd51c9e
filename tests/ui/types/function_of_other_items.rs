//! A function that takes other items than the stream has.

use flow::prelude::*;

/// How long a word is.
fn length(word: &str) -> usize {
    word.len()
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let lengths = numbers.map(length);
        lengths.output(StdOutSink);
    };
}
