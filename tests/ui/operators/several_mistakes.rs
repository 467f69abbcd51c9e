//! Three independent mistakes, all reported at once.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let plain = numbers.collect(timeout = 10s, max_size = 3);
        plain.output(StdOutSink);
        let keyed = numbers.key_on(|_| "ALL");
        let lists = keyed.collect(timeout = 10sec, max_size = 0);
        lists.output(StdOutSink);
    };
}
