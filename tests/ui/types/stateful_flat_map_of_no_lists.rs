//! A `stateful_flat_map` whose closure gives one value, and no list.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let sums = keyed.stateful_flat_map(|sum, number| {
            let sum = sum.unwrap_or(0) + number;
            (Some(sum), sum)
        });
        sums.map_value(|sum| sum + 1).output(StdOutSink);
    };
}
