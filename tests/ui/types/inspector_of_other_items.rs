//! A function that looks at something else.

use flow::prelude::*;

fn print(word: &&str) {
    println!("{word}");
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.inspect(print);
    };
}
