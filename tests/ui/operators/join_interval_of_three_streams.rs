//! A join of three streams within an interval.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join_interval(left, right, left, clock = SystemClock(), before = 1s, after = 1s);
        rows.down.output(StdOutSink);
    };
}
