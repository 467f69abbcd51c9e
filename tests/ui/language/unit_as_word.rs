//! A unit written out.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(timeout = 3 days, max_size = 3);
        lists.output(StdOutSink);
    };
}
