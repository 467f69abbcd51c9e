//! A getter of which nothing says what keys it takes.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lengths = words.enrich_cached(getter = |word| word.len(), mapper = |cache, word: &str| *cache.get(&word));
        lengths.map(|length| length + 1).output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
