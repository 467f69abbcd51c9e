//! An interval that ends before it begins.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join_interval(left, right, clock = SystemClock(), before = 5s, after = -1s);
        rows.down.output(StdOutSink);
    };
}
