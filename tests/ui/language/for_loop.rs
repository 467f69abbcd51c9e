//! A `for` loop over the items of a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        for number in numbers {
            println!("{number}");
        }
    };
}
