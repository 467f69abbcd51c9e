//! An `enrich_cached` that looks nothing up.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lengths = words.enrich_cached(mapper = |cache, word| *cache.get(&word));
        lengths.output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
