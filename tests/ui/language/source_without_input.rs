//! A source that is not put into `input(…)`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = TestingSource::new(0..3);
        numbers.output(StdOutSink);
    };
}
