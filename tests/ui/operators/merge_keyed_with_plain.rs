//! A stream with keys merged with one without.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|_| "ALL");
        let all = merge(numbers, keyed);
        all.output(StdOutSink);
    };
}
