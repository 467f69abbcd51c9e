//! `flatten()`: the items of items.

use super::flat_map::IsItems;
use crate::error::{Blamed, blaming};
use crate::graph::StepId;
use crate::stream::{Is, Stream};

impl<T> Stream<T> {
    /// Gives every item of each item, in order.
    ///
    /// ```text
    /// let many: Stream<U> = stream.flatten();   // T: IntoIterator<Item = U>
    /// ```
    ///
    /// ```
    /// # use flow::prelude::*;
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let lists = input(TestingSource::new([vec![1, 2], vec![], vec![3]]));
    ///     let numbers = lists.flatten();
    ///     numbers.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [1, 2, 3]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the iterator's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.flatten`.
    pub fn flatten<I, M>(self) -> (Stream<I::Item>, I::Mapper)
    where
        T: Is<I>,
        I: IsItems<Flatten, M>,
    {
        (Stream::new(), I::mapper(Flatten { step: self.step() }))
    }
}

/// What `flatten` leaves behind.
#[derive(Debug)]
pub struct Flatten {
    step: StepId,
}

impl Flatten {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T: IntoIterator>(&mut self, item: T) -> Blamed<T::IntoIter> {
        Blamed::new(self.step, blaming(self.step, || item.into_iter()))
    }
}
