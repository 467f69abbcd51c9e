//! A join of one stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let left = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let rows = join(left);
        rows.output(StdOutSink);
    };
}
