//! A `collect` that waits for no time at all.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lists = keyed.collect(idle_timeout = 0s, max_size = 3);
        lists.output(StdOutSink);
    };
}
