//! A `.` forgotten.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let odd = numbers filter(|number| number % 2 != 0);
        odd.output(StdOutSink);
    };
}
