//! A typo in a stream's name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        nunbers.output(StdOutSink);
    };
}
