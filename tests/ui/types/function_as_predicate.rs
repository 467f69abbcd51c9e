//! A function that does not say `true` or `false`.

use flow::prelude::*;

fn half(number: &i32) -> i32 {
    number / 2
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let odd = numbers.filter(half);
        odd.output(StdOutSink);
    };
}
