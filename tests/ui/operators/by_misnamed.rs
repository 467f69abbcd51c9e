//! An argument of `max_final` by another name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let longest = keyed.max_final(key = |word| word.len());
        longest.output(StdOutSink);
    };
}
