//! A chain without an output.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.map(|number| number * 2);
    };
}
