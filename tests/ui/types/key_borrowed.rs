//! A key that borrows from its item.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let names = input(TestingSource::new(["Ann".to_owned()]));
        let keyed = names.key_on(|name| name.as_str());
        let lists = keyed.collect(timeout = 10s, max_size = 2);
        lists.output(StdOutSink);
    };
}
