//! The reference's source for tests.

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Gives the items of an iterator, in batches of a size that a test may choose.
///
/// Bytewax: `TestingSource`.
#[derive(Clone, Debug)]
pub struct TestingSource<I> {
    items: I,
    batch_size: usize,
}

impl<I: Iterator> TestingSource<I> {
    /// Takes anything that can be iterated. Batches are as large as the engine takes.
    pub fn new(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self { items: items.into_iter(), batch_size: usize::MAX }
    }

    /// Gives at most `items` a batch; at least one.
    #[must_use]
    pub fn batch_size(mut self, items: usize) -> Self {
        self.batch_size = items.max(1);
        self
    }
}

impl<I: Iterator> Source for TestingSource<I> {
    type Item = I::Item;

    #[inline]
    fn next_batch(&mut self, batch: &mut Batch<'_, I::Item>) -> Result<SourceStatus, BoxError> {
        let wanted = batch.remaining().min(self.batch_size);
        let got = batch.fill(&mut self.items.by_ref().take(wanted));
        Ok(if got < wanted { SourceStatus::Ended } else { SourceStatus::Ready })
    }
}
