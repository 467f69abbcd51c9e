//! A table where a cache's look-up is due.

use flow::prelude::*;

fn main() {
    let names = ["ann", "bob"];
    let _ = dataflow! {
        let ids = input(TestingSource::new([1_u32, 2]));
        let named = ids.enrich_cached(
            getter = names,
            mapper = |cache, id| *cache.get(&id),
            ttl = 1h,
            max_size = 100,
        );
        named.output(StdOutSink);
    };
}
