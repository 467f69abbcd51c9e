//! A `collect` with neither of its timeouts.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lists = keyed.collect(max_size = 3);
        lists.output(StdOutSink);
    };
}
