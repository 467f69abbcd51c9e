//! Four independent mistakes, all reported at once.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let small = nunbers.filter(|number| *number < 2);
        let mut large = numbers.filter(|number| *number > 1);
        let odd = numbers.fliter(|number| number % 2 != 0);
        merge(small, large, odd).output(StdOutSink);
        let numbers = input(TestingSource::new(0..3));
    };
}
