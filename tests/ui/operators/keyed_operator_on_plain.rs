//! A keyed operator on a stream without keys.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let lists = numbers.collect(timeout = 10s, max_size = 3);
        lists.output(StdOutSink);
    };
}
