//! Sinks made of a closure.

use std::fmt;

use super::Sink;
use crate::error::BoxError;

/// Calls a closure for each item.
pub struct EachSink<F> {
    each: F,
}

impl<F> EachSink<F> {
    /// A sink that calls `each` for every item.
    pub fn new<T>(each: F) -> Self
    where
        F: FnMut(T),
    {
        Self { each }
    }
}

impl<T, F: FnMut(T)> Sink<T> for EachSink<F> {
    #[inline]
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        (self.each)(item);
        Ok(())
    }
}

impl<F> fmt::Debug for EachSink<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EachSink")
    }
}
