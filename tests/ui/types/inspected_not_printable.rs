//! An `inspect_debug()` of items that have no `Debug` form.

use flow::prelude::*;

struct Order {
    total: u32,
}

fn main() {
    let _ = dataflow! {
        let orders = input(TestingSource::new([Order { total: 7 }]));
        let seen = orders.inspect_debug();
        seen.map(|order| order.total + 1).output(StdOutSink);
    };
}
