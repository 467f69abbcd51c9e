//! A `dedup` that forgets at once.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let once = keyed.dedup(within = 0s);
        once.output(StdOutSink);
    };
}
