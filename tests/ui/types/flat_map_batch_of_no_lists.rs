//! A `flat_map_batch` whose closure gives one item, and no list.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let lengths = numbers.flat_map_batch(|batch| batch.len());
        lengths.map(|length| length + 1).output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
