//! A pair taken for its value behind `key_on`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|word| word.len());
        let loud = keyed.map(|word| word.to_uppercase());
        loud.output(StdOutSink);
    };
}
