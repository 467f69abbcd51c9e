//! A reference to a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let same = &numbers;
        same.output(StdOutSink);
    };
}
