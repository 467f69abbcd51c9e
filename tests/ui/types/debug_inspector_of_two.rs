//! A closure of two where `inspect_debug` has four to tell.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let seen = numbers.inspect_debug(|step, item| eprintln!("{step}: {item}"));
        seen.output(StdOutSink);
    };
}
