//! What a window gives taken without its id.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let lists = keyed.collect_window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        lists.down.map_value(|list| list.len()).output(StdOutSink);
    };
}
