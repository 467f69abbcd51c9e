//! A `dedup` by what is not `Eq`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let once = keyed.dedup(by = |number| f64::from(*number));
        once.map_value(|number| number + 1).output(StdOutSink);
    };
}
