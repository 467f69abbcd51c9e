//! Two streams added up.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled = numbers.map(|number| number * 2);
        let sums = numbers + doubled;
        sums.output(StdOutSink);
    };
}
