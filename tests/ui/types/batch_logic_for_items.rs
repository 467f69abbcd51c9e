//! A logic of batches where items are taken one by one.

use chrono::{DateTime, Utc};
use flow::list::List;
use flow::prelude::*;
use flow::stateful::{Fate, StatefulBatchLogic};

struct Sum(i32);

impl StatefulBatchLogic<i32> for Sum {
    type Output = i32;

    fn on_batch(&mut self, values: List<i32>, _: DateTime<Utc>, out: &mut impl FnMut(i32)) -> Fate {
        self.0 += values.iter().sum::<i32>();
        out(self.0);
        Fate::Keep
    }
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.stateful(logic = || Sum(0));
        sums.output(StdOutSink);
    };
}
