//! A key that cannot be hashed, in front of a keyed operator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let temperatures = input(TestingSource::new([20.5_f64, 21.0]));
        let keyed = temperatures.key_on(|temperature| *temperature);
        let lists = keyed.collect(timeout = 10s, max_size = 3);
        lists.output(StdOutSink);
    };
}
