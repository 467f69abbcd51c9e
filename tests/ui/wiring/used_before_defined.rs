//! A stream that is used above its definition.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let all = merge(numbers, more);
        let more = all.map(|number| number + 1);
        more.output(StdOutSink);
    };
}
