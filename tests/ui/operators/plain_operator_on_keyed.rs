//! An operator on a keyed stream that takes none.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let lists = input(TestingSource::new([[1, 2], [3, 4]]));
        let keyed = lists.key_on(|list| list[0]);
        keyed.flatten().output(StdOutSink);
    };
}
