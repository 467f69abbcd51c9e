//! A clock among the streams.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let right = input(TestingSource::new(["a", "b"])).key_on(|_| 'k');
        let rows = join_window(left, right, SystemClock(), windower = SessionWindower(gap = 5s));
        rows.down.output(StdOutSink);
    };
}
