//! The handle of a test's output where its sink is due.

use chrono::DateTime;
use flow::prelude::*;
use flow::testing::Kit;

fn main() {
    let kit = Kit::starting_at(DateTime::UNIX_EPOCH);
    let (_orders, source) = kit.input::<u32>();
    let (_sink, out) = kit.output::<u32>();
    let _ = dataflow! {
        let orders = input(source);
        orders.output(out);
    };
}
