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
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// let time = SimulatedTime::starting_at(start);
    /// let clock = time.clone();
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let lists = input(TimedSource::new([(at(0), vec![1, 2]), (at(1), vec![]), (at(2), vec![3])]));
    ///     let numbers = lists.flatten();
    ///     numbers.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 1), (at(0), 2), (at(2), 3)]);
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
        Blamed::new(self.step, blaming(&self.step, || item.into_iter()))
    }
}
