//! A length of time of the standard library.

use flow::prelude::*;

fn main() {
    let wait = std::time::Duration::from_secs(10);
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let lists = keyed.collect(timeout = wait, max_size = 2);
        lists.output(StdOutSink);
    };
}
