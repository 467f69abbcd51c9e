//! An argument without a name behind one with a name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let lists = keyed.collect(timeout = 10s, 3);
        lists.output(StdOutSink);
    };
}
