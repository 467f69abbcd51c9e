//! A value where a cache's mapper is due.

use flow::prelude::*;

fn main() {
    let offset = 1;
    let _ = dataflow! {
        let ids = input(TestingSource::new([1_u32, 2]));
        let named = ids.enrich_cached(getter = |id: &u32| id + 1, mapper = 7_u32 + offset, ttl = 1h, max_size = 100);
        named.output(StdOutSink);
    };
}
