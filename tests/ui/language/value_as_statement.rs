//! A value that is used further down.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let size = 3;
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(timeout = 10s, max_size = size);
        lists.output(StdOutSink);
    };
}
