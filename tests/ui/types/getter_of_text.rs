//! A cache whose keys are text that it cannot keep.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let priced = words.enrich_cached(
            getter = |word: &str| word.len(),
            mapper = |cache, word| (word, *cache.get(word)),
            ttl = 1h,
            max_size = 100,
        );
        priced.output(StdOutSink);
    };
}
