//! A collection of which nobody says what it is.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let lines = input(TestingSource::new(["tea milk", "sugar"]));
        let words = lines.flat_map(|line| line.split(' ').collect());
        words.output(StdOutSink);
    };
}
