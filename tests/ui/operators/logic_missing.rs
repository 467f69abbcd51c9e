//! A `stateful` without its logic.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let news = keyed.stateful();
        news.output(StdOutSink);
    };
}
