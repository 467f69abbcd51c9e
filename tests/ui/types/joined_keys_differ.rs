//! Streams joined by keys of different types.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new([3, 4])).key_on(|_| "k");
        let rows = join(left, right);
        rows.output(StdOutSink);
    };
}
