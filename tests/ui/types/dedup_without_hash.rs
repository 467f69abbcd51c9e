//! A `dedup` of values that cannot be told apart.

use flow::prelude::*;

struct Order {
    total: u32,
}

fn main() {
    let _ = dataflow! {
        let orders = input(TestingSource::new([Order { total: 7 }]));
        let keyed = orders.key_on(|_| "ALL");
        let once = keyed.dedup();
        once.map_value(|order| order.total + 1).output(StdOutSink);
    };
}
