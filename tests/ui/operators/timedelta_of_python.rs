//! A length of time as Python writes it.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(timeout = timedelta(seconds = 10), max_size = 3);
        lists.output(StdOutSink);
    };
}
