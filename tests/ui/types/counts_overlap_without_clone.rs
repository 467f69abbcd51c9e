//! Items that cannot be cloned, in windows of so many that overlap.

use flow::prelude::*;

struct Ticket;

fn main() {
    let _ = dataflow! {
        let items = input(TestingSource::new([Ticket, Ticket]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.count_window(clock = SystemClock(), windower = CountWindower(length = 3, offset = 1));
        windows.down.inspect(|_| {});
    };
}
