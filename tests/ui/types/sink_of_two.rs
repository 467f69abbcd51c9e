//! A sink that takes the key and the value apart.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|number| number % 2);
        keyed.output(|key, value| println!("{key}: {value}"));
    };
}
