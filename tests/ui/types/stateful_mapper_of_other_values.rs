//! A function of other values where a state is kept.

use flow::prelude::*;

fn sum(sum: Option<String>, word: String) -> (Option<String>, String) {
    (sum, word)
}

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let sums = keyed.stateful_map(sum);
        sums.output(StdOutSink);
    };
}
