//! A macro among the statements.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        println!("here");
        numbers.output(StdOutSink);
    };
}
