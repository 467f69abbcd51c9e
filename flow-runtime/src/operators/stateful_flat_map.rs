//! `stateful_flat_map(|state, value| …)`: any number of values for one, with a memory per key.

use std::fmt;
use std::marker::PhantomData;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives the key with every item of what `mapper` makes of its state and the value, in order. The state is
    /// `None` at the key's first item; the mapper gives the new one, or `None` to drop it.
    ///
    /// ```text
    /// let many: KeyedStream<K, W> = keyed.stateful_flat_map(
    ///     mapper = impl FnMut(Option<S>, V) -> (Option<S>, impl IntoIterator<Item = W>),
    /// );
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
    ///     let levels = input(TimedSource::new([(at(0), 2), (at(1), 5), (at(2), 1), (at(3), 3)]));
    ///     let keyed = levels.key_on(|_| "ALL");
    ///     let rises = keyed.stateful_flat_map(|last, level| {
    ///         let rises = last.is_none_or(|last| level > last);
    ///         (Some(level), rises.then_some(level))
    ///     });
    ///     rises.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [("ALL", (at(0), 2)), ("ALL", (at(1), 5)), ("ALL", (at(3), 3))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item, and the iterator's own; per key, the key and its state. What a batch of
    /// items gives is kept until all of it is there. Bytewax: `op.stateful_flat_map`.
    pub fn stateful_flat_map<S, I, M, F>(self, mapper: F) -> (KeyedStream<K, I::Item>, Keyed<K, I::Logic>)
    where
        F: FnMut(Option<S>, V) -> (Option<S>, I),
        I: HasValues<S, V, F, M>,
    {
        (KeyedStream::new(), Keyed::new(self.step(), I::logic(mapper)))
    }
}

/// What `stateful_flat_map` does with one key.
pub struct StatefulFlatMapLogic<F, S, V, I> {
    mapper: F,
    types: PhantomData<fn(S, V) -> I>,
}

impl<S, V, I: IntoIterator, F: FnMut(Option<S>, V) -> (Option<S>, I)> Logic
    for StatefulFlatMapLogic<F, S, V, I>
{
    type Value = V;
    type State = Option<S>;
    type Rest = ();
    type Event = Item<I::Item>;
    type Reading = ();
    type Marks = Marked;

    fn create(&mut self, _: Timestamp) -> Option<S> {
        None
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Option<S>,
        value: V,
        _: Option<()>,
        _: Timestamp,
        out: &mut Emitter<'_, Item<I::Item>>,
    ) -> Result<Fate, OutOfRange> {
        let (kept, given) = (self.mapper)(state.take(), value);
        *state = kept;
        given.into_iter().for_each(|value| out.emit(Item(value)));
        Ok(if state.is_some() { Fate::Keep } else { Fate::Drop })
    }
}

impl<F, S, V, I> fmt::Debug for StatefulFlatMapLogic<F, S, V, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatefulFlatMapLogic")
    }
}

/// What `stateful_flat_map` makes values of. Where it has none, rustc knows of no `Logic`, and says so only
/// once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no items: it must be something to iterate over",
    label = "this makes values of a `{Self}`",
    note = "a `Vec`, an `Option` or an iterator has items; for one value out of one use `stateful_map`"
)]
pub trait HasValues<S, V, F, M> {
    /// The values.
    type Item;
    /// What is done with one key.
    type Logic: Logic<Value = V, Event = Item<Self::Item>>;

    /// Gives what is done with one key.
    fn logic(mapper: F) -> Self::Logic;
}

#[diagnostic::do_not_recommend]
impl<S, V, F, I> HasValues<S, V, F, Known> for I
where
    I: IntoIterator,
    F: FnMut(Option<S>, V) -> (Option<S>, I),
{
    type Item = I::Item;
    type Logic = StatefulFlatMapLogic<F, S, V, I>;

    fn logic(mapper: F) -> Self::Logic {
        StatefulFlatMapLogic { mapper, types: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<S, V, F, I> HasValues<S, V, F, Unknown> for I
where
    I: Never + IntoIterator,
    F: FnMut(Option<S>, V) -> (Option<S>, I),
{
    type Item = I::Item;
    type Logic = StatefulFlatMapLogic<F, S, V, I>;

    fn logic(mapper: F) -> Self::Logic {
        StatefulFlatMapLogic { mapper, types: PhantomData }
    }
}
