//! A flow that is run inside of its block.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        numbers.inspect(|_| {}).run();
    };
}
