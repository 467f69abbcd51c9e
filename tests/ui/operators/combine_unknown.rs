//! Something else than `true` or `false`.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let items = input(TestingSource::new([1, 2]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.fold_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
            builder = || 0,
            folder = |sum, number| sum + number,
            merger = |sum, other| sum + other,
            combine = yes,
        );
        windows.down.inspect(|_| {});
    };
}
