//! A word of Rust's as a name.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let type = input(TestingSource::new(0..10));
        type.output(StdOutSink);
    };
}
