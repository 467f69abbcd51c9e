//! Values that are ranked by something that has no order.

use chrono::DateTime;
use flow::prelude::*;

#[derive(Clone)]
struct Way;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let items = input(TestingSource::new([Way, Way]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.top_k_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
            k = 3,
            by = |way| way.clone(),
        );
        windows.down.inspect(|_| {});
    };
}
