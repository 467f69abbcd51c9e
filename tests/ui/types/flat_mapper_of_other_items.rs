//! A function that makes items of something else.

use flow::prelude::*;

fn letters(word: String) -> Vec<char> {
    word.chars().collect()
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let letters = numbers.flat_map(letters);
        letters.output(StdOutSink);
    };
}
