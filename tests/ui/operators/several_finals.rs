//! Three operators at the end of the input with a mistake of their own.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        numbers.min_final().output(StdOutSink);
        numbers.reduce_final(|sum, number| sum + number).output(StdOutSink);
        numbers.count_final().output(StdOutSink);
    };
}
