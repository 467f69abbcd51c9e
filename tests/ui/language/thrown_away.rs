//! A stream that is thrown away.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let _ = numbers.map(|number| number * 2);
    };
}
