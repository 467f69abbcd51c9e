//! A mean of what is no number.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let items = input(TestingSource::new(["tea", "milk"]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.mean_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
            of = |word| *word,
        );
        windows.down.inspect(|_| {});
    };
}
