//! Two arguments in the other order.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(3, 10s);
        lists.output(StdOutSink);
    };
}
