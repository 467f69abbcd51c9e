//! Values that are in several pairs and cannot be cloned.

use flow::prelude::*;

struct Ticket(u8);

fn main() {
    let _ = dataflow! {
        let left = input(IterSource::new([Ticket(1)])).key_on(|_| 'k');
        let right = input(IterSource::new([3_u8, 4_u8])).key_on(|_| 'k');
        let rows = join_interval(left, right, clock = SystemClock(), before = 1s, after = 1s);
        rows.down.output(|_| {});
    };
}
