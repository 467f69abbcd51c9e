//! Lists of three: the first example of the README.

use flow::prelude::*;

fn main() -> Result<(), flow::Error> {
    let flow = dataflow! {
        let stream = input(TestingSource::new(0..10));
        let keyed = stream.key_on(|_| "ALL");
        let collected = keyed.collect(timeout = 10s, max_size = 3);
        collected.output(StdOutSink);
    };
    flow.run()?;
    Ok(())
}
