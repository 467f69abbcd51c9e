//! A stream chosen by `if`.

use flow::prelude::*;

fn main() {
    let verbose = true;
    let _ = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let shown = if verbose { numbers } else { numbers.map(|number| -number) };
        shown.output(StdOutSink);
    };
}
