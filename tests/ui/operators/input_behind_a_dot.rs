//! An `input` behind a stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let more = numbers.input(TestingSource::new(3..6));
        more.output(StdOutSink);
    };
}
