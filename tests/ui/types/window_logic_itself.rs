//! A window logic instead of a closure that makes one.

use chrono::DateTime;
use flow::prelude::*;
use flow::windows::WindowLogic;

struct Sum(i32);

impl WindowLogic<i32> for Sum {
    type Output = i32;

    fn on_value(&mut self, value: i32, _: &mut impl FnMut(i32)) {
        self.0 += value;
    }

    fn on_merge(&mut self, absorbed: Self, _: &mut impl FnMut(i32)) {
        self.0 += absorbed.0;
    }

    fn on_close(self, out: &mut impl FnMut(i32)) {
        out(self.0);
    }
}

fn main() {
    let start = DateTime::UNIX_EPOCH;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.window(
            clock = SystemClock(),
            windower = TumblingWindower(length = 10s, align_to = start),
            logic = Sum(0),
        );
        sums.down.output(StdOutSink);
    };
}
