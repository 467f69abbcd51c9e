//! A window of so many items.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let counts = keyed.count_window(count = 10);
        counts.down.output(StdOutSink);
    };
}
