//! Items that cannot be printed, into a sink that prints.

use flow::prelude::*;

/// What cannot be printed.
struct Ticket;

fn main() {
    let _ = dataflow! {
        let tickets = input(TestingSource::new([Ticket, Ticket]));
        tickets.output(StdOutSink);
    };
}
