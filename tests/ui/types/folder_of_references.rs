//! A folder that changes its accumulator in place.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let keyed = numbers.key_on(|_| 'k');
        let lists = keyed.fold_final(builder = || Vec::new(), folder = |list, number| list.push(number));
        lists.inspect(|_| ());
    };
}
