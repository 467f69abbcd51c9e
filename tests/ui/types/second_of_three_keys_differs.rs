//! The second of three joined streams has other keys.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let users = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let orders = input(TestingSource::new([3, 4])).key_on(|_| "k");
        let visits = input(TestingSource::new([5, 6])).key_on(|_| 'k');
        let rows = join(users, orders, visits);
        rows.output(StdOutSink);
    };
}
