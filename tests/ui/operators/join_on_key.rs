//! A join that says what to join on.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let other = numbers.key_on(|_| 'k');
        let rows = join(keyed, other, on = |number| number);
        rows.output(StdOutSink);
    };
}
