//! The name of a file given to `input`.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let lines = input("access.log");
        lines.output(StdOutSink);
    };
}
