//! Mistakes of every kind, all reported at once: none hides another.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let keyed = numbers.key_on(|number| number % 2);
        let lists = keyed.collect(timeout = 10, max_size = 3, unit = 5);
        let odd = nunbers.filter(|number| number % 2 != 0);
        let even = numbers.filter(|number| number % 2);
        merge(even, odd).output(StdOutSink);
        lists.map_value(|list| list.length()).output(StdOutSink);
    };
}
