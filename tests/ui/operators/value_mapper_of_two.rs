//! A closure of key and value where there is the value alone.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.map_value(|key, value| key + value);
        sums.output(StdOutSink);
    };
}
