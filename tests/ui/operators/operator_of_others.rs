//! What other libraries call an operator.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.group_by(|number| number % 2);
        keyed.output(StdOutSink);
    };
}
