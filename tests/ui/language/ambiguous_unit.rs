//! A unit of time that may be two.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let lists = keyed.collect(timeout = 10m, max_size = 3);
        lists.output(StdOutSink);
    };
}
