//! A typo in an argument's name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let lists = keyed.collect(timeout = 10s, maxsize = 3);
        lists.output(StdOutSink);
    };
}
