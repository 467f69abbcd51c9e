//! A `stateful` whose closure makes no logic.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let sums = keyed.stateful(logic = || 0_u32);
        sums.map_value(|sum| sum + 1).output(StdOutSink);
    };
}
