//! A port on an operator that gives one stream.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.down.output(StdOutSink);
    };
}
