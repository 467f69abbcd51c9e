//! A windower as if it were an operator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let windows = keyed.tumbling_window(10s);
        windows.output(StdOutSink);
    };
}
