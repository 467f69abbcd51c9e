//! A plain stream where a keyed one is written.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let doubled: KeyedStream<i32, i32> = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
}
