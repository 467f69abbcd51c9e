//! A stream of items that cannot be cloned, used twice.

use flow::prelude::*;

/// There is only one of each.
#[derive(Debug)]
struct Ticket(u32);

fn main() {
    let _ = dataflow! {
        let tickets = input(TestingSource::new([Ticket(1), Ticket(2)]));
        tickets.inspect(|ticket| println!("{ticket:?}"));
        tickets.output(StdOutSink);
    };
}
