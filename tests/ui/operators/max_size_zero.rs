//! Lists of no items.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let lists = keyed.collect(timeout = 10s, max_size = 0);
        lists.output(StdOutSink);
    };
}
