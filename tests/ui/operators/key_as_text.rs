//! The name of a field where a key's closure is due.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let orders = input(TestingSource::new([("ann", 20)]));
        let keyed = orders.key_on("customer");
        keyed.output(StdOutSink);
    };
}
