//! A logic of numbers for a stream of words.

use chrono::{DateTime, Utc};
use flow::prelude::*;
use flow::stateful::{Fate, StatefulLogic};

/// A logic for numbers.
struct Sum(u32);

impl StatefulLogic<u32> for Sum {
    type Output = u32;

    fn on_item(&mut self, value: u32, _: DateTime<Utc>, out: &mut impl FnMut(u32)) -> Fate {
        self.0 += value;
        out(self.0);
        Fate::Keep
    }
}

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let sums = keyed.stateful(logic = || Sum(0));
        sums.map_value(|sum| sum + 1).output(StdOutSink);
    };
}
