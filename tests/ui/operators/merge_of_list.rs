//! Streams to merge in a list.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let more = input(TestingSource::new(3..6));
        let all = merge([numbers, more]);
        all.output(StdOutSink);
    };
}
