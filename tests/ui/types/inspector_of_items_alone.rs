//! An `inspect_debug` whose closure takes the item alone.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let seen = numbers.inspect_debug(|number| println!("{number}"));
        seen.map(|number| number + 1).output(StdOutSink);
        keyed.output(StdOutSink);
    };
}
