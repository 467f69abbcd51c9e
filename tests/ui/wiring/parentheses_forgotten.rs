//! An operator without its parentheses.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let lists = input(TestingSource::new([[1, 2], [3, 4]]));
        lists.flatten.output(StdOutSink);
    };
}
