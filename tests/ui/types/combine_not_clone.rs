//! Windows that are to share what cannot be copied.

use chrono::DateTime;
use flow::prelude::*;

struct Sum(u64);

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let items = input(TestingSource::new([1, 2]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.fold_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
            builder = || Sum(0),
            folder = |sum, number| Sum(sum.0 + number),
            merger = |sum, other| Sum(sum.0 + other.0),
            combine = true,
        );
        windows.down.inspect(|_| {});
    };
}
