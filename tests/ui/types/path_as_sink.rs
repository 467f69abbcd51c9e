//! The name of a file given to `output`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        numbers.output("numbers.txt");
    };
}
