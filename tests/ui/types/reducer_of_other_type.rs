//! A reducer that gives something else than a value.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let longest = keyed.reduce_final(|word, next| word.len().max(next.len()));
        longest.map_value(|word| word.to_owned()).output(StdOutSink);
    };
}
