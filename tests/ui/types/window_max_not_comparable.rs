//! Values that have no order.

use chrono::DateTime;
use flow::prelude::*;

struct Visit;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let visits = input(TestingSource::new([Visit]));
        let keyed = visits.key_on(|_| 'k');
        let best = keyed.max_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        best.down.inspect(|_| {});
    };
}
