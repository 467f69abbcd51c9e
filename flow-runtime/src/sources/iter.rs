//! A source over any iterator.

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Gives the items of an iterator, and ends with it.
#[derive(Clone, Debug)]
pub struct IterSource<I> {
    items: I,
}

impl<I: Iterator> IterSource<I> {
    /// Takes anything that can be iterated: a range, a `Vec`, an iterator.
    pub fn new(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self { items: items.into_iter() }
    }
}

impl<I: Iterator> Source for IterSource<I> {
    type Item = I::Item;

    #[inline]
    fn next_batch(&mut self, batch: &mut Batch<'_, I::Item>) -> Result<SourceStatus, BoxError> {
        let wanted = batch.remaining();
        let got = batch.fill(&mut self.items);
        Ok(if got < wanted { SourceStatus::Ended } else { SourceStatus::Ready })
    }
}
