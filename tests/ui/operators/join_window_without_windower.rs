//! A join without windows in windows.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let other = numbers.key_on(|_| 'k');
        let rows = join_window(keyed, other, clock = SystemClock());
        rows.down.output(StdOutSink);
    };
}
