//! A cache that has no room.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lengths = words.enrich_cached(
            getter = |word: &&str| word.len(),
            mapper = |cache, word| *cache.get(&word),
            max_size = 0,
        );
        lengths.output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
