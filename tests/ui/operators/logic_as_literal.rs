//! A `stateful` whose logic is a literal.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let words = input(TestingSource::new(["tea", "milk"]));
        let keyed = words.key_on(|_| "ALL");
        let news = keyed.stateful(logic = 5);
        news.output(StdOutSink);
    };
}
