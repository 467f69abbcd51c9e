//! An argument without its value.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(max_size = 3, timeout = );
        lists.output(StdOutSink);
    };
}
