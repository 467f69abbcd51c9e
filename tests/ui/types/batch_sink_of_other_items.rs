//! A sink of one's own for batches of other items.

use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::BatchSink;

struct Table;

impl BatchSink<String> for Table {
    fn write_batch(&mut self, rows: &mut Vec<String>) -> Result<(), BoxError> {
        rows.clear();
        Ok(())
    }
}

fn main() {
    let flow = dataflow! {
        let numbers = input(TestingSource::new(0..10));
        let doubled = numbers.map(|number| number * 2);
        doubled.output(Table);
    };
    let _ = flow.run();
}
