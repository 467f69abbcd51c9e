//! A sink that prints.

use std::fmt::Debug;
use std::io::{self, Write};

use super::Sink;
use crate::error::BoxError;

/// Prints each item in its `Debug` form on a line of standard output.
///
/// Bytewax: `StdOutSink`, which prints the item's Python form.
#[derive(Clone, Copy, Debug, Default)]
pub struct StdOutSink;

impl<T: Debug> Sink<T> for StdOutSink {
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        Ok(writeln!(io::stdout(), "{item:?}")?)
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        Ok(io::stdout().flush()?)
    }
}
