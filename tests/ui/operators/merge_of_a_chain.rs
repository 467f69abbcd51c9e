//! A chain inside `merge`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let all = merge(numbers, numbers.map(|number| number + 1));
        all.output(StdOutSink);
    };
}
