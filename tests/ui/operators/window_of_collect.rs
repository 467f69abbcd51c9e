//! A window given to `collect`.

use chrono::DateTime;
use flow::prelude::*;

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let lists = keyed.collect(windower = TumblingWindower(length = 10s, align_to = start));
        lists.output(StdOutSink);
    };
}
