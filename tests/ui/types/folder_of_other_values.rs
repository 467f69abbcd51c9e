//! A folder that takes other values than the stream has.

use flow::prelude::*;

/// The text and one more word.
fn joined(text: String, word: String) -> String {
    text + &word
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let texts = keyed.fold_final(builder = || String::new(), folder = joined);
        texts.map_value(|text| text.len()).output(StdOutSink);
    };
}
