//! An attribute in front of a statement.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        #[cfg(unix)]
        let numbers = input(TestingSource::new(0..3));
        numbers.output(StdOutSink);
    };
}
