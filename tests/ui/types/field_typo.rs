//! A typo in the name of an item's field.

use flow::prelude::*;

/// What a customer buys.
#[derive(Clone, Debug)]
struct Order {
    customer: u32,
    total: u32,
}

fn main() {
    let orders = [Order { customer: 1, total: 100 }, Order { customer: 2, total: 30 }];
    let _ = dataflow! {
        let orders = input(TestingSource::new(orders));
        let large = orders.filter(|order| order.totl > 50);
        large.output(StdOutSink);
    };
}
