//! A reducer that takes other values than the stream has.

use flow::prelude::*;

/// Both words.
fn joined(word: String, next: String) -> String {
    word + &next
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        keyed.reduce_final(joined).output(StdOutSink);
    };
}
