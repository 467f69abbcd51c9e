//! A source from outside, used as if it were a stream.

use flow::prelude::*;

fn main() {
    let source = TestingSource::new(0..3);
    let _ = dataflow! {
        let small = source.filter(|number| *number < 2);
        small.output(StdOutSink);
    };
}
