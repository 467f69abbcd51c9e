//! A folder of `fold_final` that gives something else than the accumulator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let visits = input(TestingSource::new(["in", "out"]));
        let keyed = visits.key_on(|_| "ALL");
        let counts = keyed.fold_final(builder = || 0_u32, folder = |count, _| format!("{count}"));
        counts.map_value(|count| count + 1).output(StdOutSink);
    };
}
