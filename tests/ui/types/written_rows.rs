//! A type written for the rows of a join with empty sides.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let users = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let orders = input(TestingSource::new([3, 4])).key_on(|_| 'k');
        let rows: KeyedStream<char, (i32, i32)> = join(users, orders, emit_mode = running);
        rows.output(StdOutSink);
    };
}
