//! Keys that are no text need a function that says which file they go to.

use flow::prelude::*;

fn main() {
    let flow = dataflow! {
        let numbers = input(TestingSource::new(0..10_u64));
        let keyed = numbers.key_on(|number| number % 3);
        keyed.output(DirSink::new("out", 3));
    };
    let _ = flow.run();
}
