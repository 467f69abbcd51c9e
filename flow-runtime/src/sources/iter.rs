//! A source over any iterator.

use super::{Batch, Source, SourceStatus};
use crate::error::{BoxError, blaming};
use crate::graph::StepId;

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

    #[inline(always)]
    fn give_each<E>(
        &mut self,
        step: StepId,
        batch: &mut Batch<'_, I::Item>,
        mut each: impl FnMut(I::Item) -> Result<(), E>,
    ) -> Result<(usize, Result<SourceStatus, BoxError>), E> {
        let wanted = batch.remaining();
        let mut left = wanted;
        while left > 0 {
            let Some(item) = blaming(&step, || self.items.next()) else { break };
            each(item)?;
            left -= 1;
        }
        let status = if left > 0 { SourceStatus::Ended } else { SourceStatus::Ready };
        Ok((wanted - left, Ok(status)))
    }
}
