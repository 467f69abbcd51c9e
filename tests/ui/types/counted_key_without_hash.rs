//! Something that is counted and cannot be hashed.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let temperatures = input(TestingSource::new([20.5_f64, 21.0]));
        let counts = temperatures.count_final(|temperature| temperature);
        counts.filter_value(|count| *count > 1).output(StdOutSink);
    };
}
