//! Values that cannot be compared.

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
        let by_customer = orders.key_on(|order| order.customer);
        let largest = by_customer.max_final();
        largest.map_value(|order| order.total).output(StdOutSink);
    };
}
