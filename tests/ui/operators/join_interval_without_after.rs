//! An interval with one end.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let other = numbers.key_on(|_| 'k');
        let rows = join_interval(keyed, other, clock = SystemClock(), before = 1s);
        rows.down.output(StdOutSink);
    };
}
