//! A `stateful_flat_map` whose closure forgets the state.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new([1_u32, 2]));
        let keyed = numbers.key_on(|_| "ALL");
        let twice = keyed.stateful_flat_map(|_, number| vec![number, number]);
        twice.output(StdOutSink);
    };
}
