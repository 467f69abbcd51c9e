//! Two keyed streams whose keys differ.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|number| number % 2);
        let texts = numbers.key_on(|number| number.to_string());
        let all = merge(keyed, texts);
        all.output(StdOutSink);
    };
}
