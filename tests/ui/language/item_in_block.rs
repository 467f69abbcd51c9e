//! A function inside the block.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        fn double(number: i32) -> i32 {
            number * 2
        }
        numbers.map(double).output(StdOutSink);
    };
}
