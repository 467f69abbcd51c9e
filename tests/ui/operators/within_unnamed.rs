//! The length of a `dedup` in the place of its closure.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let once = keyed.dedup(1h);
        once.output(StdOutSink);
    };
}
