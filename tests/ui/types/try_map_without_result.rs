//! A `try_map` whose closure gives no `Result`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["1", "x"]));
        let parsed = words.try_map(|word| word.len());
        parsed.ok.output(StdOutSink);
        parsed.err.inspect(|error| println!("{error}"));
    };
}
