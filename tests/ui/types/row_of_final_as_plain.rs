//! A row that may lack values, taken for one that cannot.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join(left, right, emit_mode = final);
        let sums = rows.map_value(|(left, _)| -> i32 { left });
        sums.output(StdOutSink);
    };
}
