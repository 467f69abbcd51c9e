//! A value where a function of state and value is due.

use flow::prelude::*;

fn main() {
    let count = 0;
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|word| word.len());
        let numbered = keyed.stateful_map(count);
        numbered.output(StdOutSink);
    };
}
