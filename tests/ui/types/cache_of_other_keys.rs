//! A mapper that asks for what the getter does not take.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let lengths = words.enrich_cached(
            getter = |number: &u32| number + 1,
            mapper = |cache, word| *cache.get(&word),
        );
        lengths.map(|length| length + 1).output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
