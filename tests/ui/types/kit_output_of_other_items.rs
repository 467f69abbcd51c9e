//! A test's output of other items.

use chrono::DateTime;
use flow::prelude::*;
use flow::testing::Kit;

fn main() {
    let kit = Kit::starting_at(DateTime::UNIX_EPOCH);
    let (_orders, source) = kit.input::<u32>();
    let (sink, _out) = kit.output::<u32>();
    let _ = dataflow! {
        let orders = input(source);
        orders.map(|order| order.to_string()).output(sink);
    };
}
