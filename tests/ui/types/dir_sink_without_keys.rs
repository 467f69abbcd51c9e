//! The files of a directory are chosen by keys, and a plain stream has none.

use flow::prelude::*;

fn main() {
    let flow = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let lengths = words.map(|word| word.len());
        lengths.output(DirSink::new("out", 3));
    };
    let _ = flow.run();
}
