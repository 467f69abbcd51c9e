//! The handle of a test's input where its source is due.

use chrono::DateTime;
use flow::prelude::*;
use flow::testing::Kit;

fn main() {
    let kit = Kit::starting_at(DateTime::UNIX_EPOCH);
    let (orders, _source) = kit.input::<u32>();
    let (sink, _out) = kit.output::<u32>();
    let _ = dataflow! {
        let orders = input(orders);
        orders.output(sink);
    };
}
