//! A port that this operator never has.

use chrono::DateTime;
use flow::prelude::*;
use flow::windows::WindowLogic;

fn main() {}

fn windows<L: WindowLogic<i32>>(logic: fn() -> L) {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let results = keyed.window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            logic = logic,
        );
        results.early.inspect(|_| {});
    };
}
