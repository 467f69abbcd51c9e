//! A partitioned source whose parts do not know where they are.

use flow::error::BoxError;
use flow::prelude::*;
use flow::sources::{Batch, Source, SourceStatus};

struct Library;

struct Book;

impl Library {
    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok(Vec::new())
    }
}

impl Source for Book {
    type Item = &'static str;

    fn next_batch(&mut self, _: &mut Batch<'_, &'static str>) -> Result<SourceStatus, BoxError> {
        Ok(SourceStatus::Ended)
    }
}

fn main() {
    let _ = dataflow! {
        let words = input(Library);
        words.output(StdOutSink);
    };
}
