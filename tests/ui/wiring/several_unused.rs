//! Several streams that nobody takes, all reported at once.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let small = numbers.filter(|number| *number < 2);
        let (odd, even) = numbers.branch(|number| number % 2 != 0);
        odd.map(|number| number + 1);
    };
}
