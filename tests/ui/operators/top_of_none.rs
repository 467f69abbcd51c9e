//! The greatest none.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let items = input(TestingSource::new([1, 2]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.top_k_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
            k = 0,
            by = |number| *number,
        );
        windows.down.inspect(|_| {});
    };
}
