//! Sinks that take many items at once.

use std::fmt;

use super::{IsSink, Sink};
use crate::error::BoxError;

/// How many items a batch has at most, unless the sink says otherwise.
const BATCH: usize = 1024;

/// A sink that takes many items at once, as a database does. It can go straight into `output`.
///
/// Items are gathered until there are [`batch_limit`](BatchSink::batch_limit) of them, and handed over then;
/// those that are left at the end of an activation are handed over there. So nothing waits longer than in a
/// [`Sink`]. How items are grouped depends on how the sources give them, and is no part of what a flow
/// promises.
///
/// ```
/// use flow_runtime::error::BoxError;
/// use flow_runtime::sinks::BatchSink;
///
/// /// Writes rows, many with one statement.
/// struct Table;
///
/// impl BatchSink<u64> for Table {
///     fn write_batch(&mut self, rows: &mut Vec<u64>) -> Result<(), BoxError> {
///         println!("insert {} rows", rows.len());
///         Ok(())
///     }
/// }
/// ```
///
/// Bytewax: `write_batch`.
pub trait BatchSink<T> {
    /// Called once, before the first batch: the place to open files and connections.
    ///
    /// # Errors
    /// What keeps the sink from starting. The run ends with it.
    fn open(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Takes all of `items`, of which there is at least one. They may be moved out or only looked at: what is
    /// left in there is dropped.
    ///
    /// # Errors
    /// What went wrong. The run ends with it.
    fn write_batch(&mut self, items: &mut Vec<T>) -> Result<(), BoxError>;

    /// How many items a batch has at most; at least one.
    fn batch_limit(&self) -> usize {
        BATCH
    }

    /// Called once, when the run ends well: see [`Sink::close`].
    ///
    /// # Errors
    /// What went wrong. The run ends with it.
    fn close(&mut self) -> Result<(), BoxError> {
        Ok(())
    }
}

/// A [`BatchSink`] as a [`Sink`]: what `output` makes of it. By name it is needed only where the types ask
/// for a `Sink`, as for the parts of a [`PartitionedSink`](super::PartitionedSink).
///
/// Cost: a move per item. Nothing is allocated once a batch has been full.
pub struct InBatches<S, T> {
    sink: S,
    items: Vec<T>,
}

impl<T, S: BatchSink<T>> InBatches<S, T> {
    /// Gathers items for `sink`.
    pub fn new(sink: S) -> Self {
        Self { sink, items: Vec::new() }
    }

    fn hand_over(&mut self) -> Result<(), BoxError> {
        let outcome = self.sink.write_batch(&mut self.items);
        self.items.clear();
        outcome
    }
}

impl<T, S: BatchSink<T>> Sink<T> for InBatches<S, T> {
    fn open(&mut self) -> Result<(), BoxError> {
        self.sink.open()
    }

    #[inline]
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        self.items.push(item);
        if self.items.len() >= self.sink.batch_limit() { self.hand_over() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        if self.items.is_empty() { Ok(()) } else { self.hand_over() }
    }

    fn close(&mut self) -> Result<(), BoxError> {
        self.sink.close()
    }
}

impl<S, T> fmt::Debug for InBatches<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InBatches").field("gathered", &self.items.len()).finish_non_exhaustive()
    }
}

/// The impl for sinks of batches.
#[doc(hidden)]
#[derive(Debug)]
pub enum OfBatches {}

#[diagnostic::do_not_recommend]
impl<T, S: BatchSink<T>> IsSink<T, OfBatches> for S {
    type Itself = InBatches<S, T>;

    fn itself(self) -> InBatches<S, T> {
        InBatches::new(self)
    }
}
