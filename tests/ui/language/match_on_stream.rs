//! A `match` on the items of a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        match numbers {
            0 => {}
            number => println!("{number}"),
        }
    };
}
