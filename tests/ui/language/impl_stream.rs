//! A stream's type, as if it were a trait.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers: impl Stream<i32> = input(TestingSource::new(0..10));
        numbers.output(StdOutSink);
    };
}
