//! A row of three sides taken as one of two.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let users = input(TestingSource::new([1, 2])).key_on(|_| 'k');
        let orders = input(TestingSource::new([3, 4])).key_on(|_| 'k');
        let visits = input(TestingSource::new([5, 6])).key_on(|_| 'k');
        let rows = join(users, orders, visits);
        rows.map_value(|(user, order)| user + order).output(StdOutSink);
    };
}
