//! The `err` stream of a `try_map` that nobody takes.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "x"]));
        let parsed = words.try_map(|word| word.parse::<u32>());
        parsed.ok.output(StdOutSink);
    };
}
