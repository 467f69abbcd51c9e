//! A row taken for that of another mode.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join(left, right, emit_mode = complete);
        let sums = rows.map_value(|(left, _)| left.unwrap_or(0) + 1);
        sums.output(StdOutSink);
    };
}
