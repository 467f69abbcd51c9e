//! `flat_map_batch(|items| …)`: any number of items for all that are at hand.

use std::iter::Flatten;
use std::option;

use super::flat_map::IsItems;
use crate::engine::Activation;
use crate::error::{Blamed, blaming};
use crate::graph::StepId;
use crate::list::List;
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Gives every item of what `mapper` makes of all items that come here in an activation, in order. For what
    /// is done better for many items at once, such as a request to a service.
    ///
    /// ```text
    /// let many: Stream<U> = stream.flat_map_batch(mapper = impl FnMut(List<T>) -> I);  // I: IntoIterator<Item = U>
    /// let many: Stream<U> = keyed.flat_map_batch(mapper = impl FnMut(List<(K, V)>) -> I);
    /// ```
    ///
    /// How many items come together depends on what the sources have at hand and on
    /// [`batch_limit`](crate::engine::Running::batch_limit), and so do the results, if the closure lets them. In a
    /// flow in which two ways from one input meet again, and which goes item by item therefore, each item comes
    /// alone. The closure is not called where nothing has come.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TimedSource::new([(at(0), "tea"), (at(0), "milk"), (at(7), "rum")]));
    ///     let numbered = words.flat_map_batch(|words| words.into_iter().enumerate());
    ///     numbered.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [(0, "tea"), (1, "milk"), (0, "rum")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: a move of each item into a [`List`], whose memory is used again, and the closure's and the iterator's
    /// own. Items wait until the activation settles. Bytewax: `op.flat_map_batch`.
    pub fn flat_map_batch<I: IsItems<F, M, Item = U, Mapper = G>, U, G, M, F: FnMut(List<T>) -> I>(
        self,
        mapper: F,
    ) -> (Stream<U>, FlatMapBatch<G>) {
        (Stream::new(), FlatMapBatch { step: self.step(), mapper: I::mapper(mapper) })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Gives every item of what `mapper` makes of all pairs of key and value that come here in an activation. What
    /// comes out has no key.
    pub fn flat_map_batch<I: IsItems<F, M, Item = U, Mapper = G>, U, G, M, F: FnMut(List<(K, V)>) -> I>(
        self,
        mapper: F,
    ) -> (Stream<U>, FlatMapBatch<G>) {
        self.pairs().flat_map_batch(mapper)
    }
}

/// What `flat_map_batch` leaves behind.
#[derive(Debug)]
pub struct FlatMapBatch<F> {
    step: StepId,
    mapper: F,
}

/// What is made of a batch, if there is one.
type Made<I> = Blamed<Flatten<option::IntoIter<<I as IntoIterator>::IntoIter>>>;

impl<F> FlatMapBatch<F> {
    /// Takes all that waits, where the activation settles.
    pub fn call<T, I: IntoIterator>(&mut self, activation: &Activation, waiting: &mut Vec<T>) -> Made<I>
    where
        F: FnMut(List<T>) -> I,
    {
        let is_taken = activation.settles() && !waiting.is_empty();
        let items = is_taken.then(|| List::from(std::mem::replace(waiting, List::new().into_vec())));
        self.made(items)
    }

    /// Takes one item.
    pub fn single<T, I: IntoIterator>(&mut self, item: T) -> Made<I>
    where
        F: FnMut(List<T>) -> I,
    {
        let mut items = List::new();
        items.push(item);
        self.made(Some(items))
    }

    fn made<T, I: IntoIterator>(&mut self, items: Option<List<T>>) -> Made<I>
    where
        F: FnMut(List<T>) -> I,
    {
        let made = blaming(&self.step, || items.map(|items| (self.mapper)(items).into_iter()));
        Blamed::new(self.step, made.into_iter().flatten())
    }
}
