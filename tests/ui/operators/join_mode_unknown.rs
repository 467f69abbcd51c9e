//! A mode that does not exist.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join(left, right, insert_mode = latest);
        rows.output(StdOutSink);
    };
}
