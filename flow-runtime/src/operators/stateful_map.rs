//! `stateful_map(|state, value| …)`: one value for one, with a memory per key.

use std::fmt;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives the key with what `mapper` makes of its state and the value. The state is `None` at the key's
    /// first item; the mapper gives the new one, or `None` to drop it.
    ///
    /// ```text
    /// let next: KeyedStream<K, W> = keyed.stateful_map(mapper = impl FnMut(Option<S>, V) -> (Option<S>, W));
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
    ///     let numbers = input(TimedSource::new((1..5).map(|number| (at(number), number))));
    ///     let keyed = numbers.key_on(|number| number % 2);
    ///     let sums = keyed.stateful_map(|sum, number| {
    ///         let sum = sum.unwrap_or(0) + number;
    ///         (Some(sum), sum)
    ///     });
    ///     sums.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(1, (at(1), 1)), (0, (at(2), 2)), (1, (at(3), 4)), (0, (at(4), 6))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, the key and its state. Bytewax: `op.stateful_map`.
    pub fn stateful_map<S, W, F, M>(
        self,
        mapper: F,
    ) -> (KeyedStream<K, W>, Keyed<K, StatefulMapLogic<F::Itself, S, V, W>>)
    where
        F: IsStatefulMapper<S, V, W, M>,
    {
        let logic = StatefulMapLogic { mapper: mapper.itself(), types: std::marker::PhantomData };
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}

/// What `stateful_map` does with one key.
pub struct StatefulMapLogic<F, S, V, W> {
    mapper: F,
    types: std::marker::PhantomData<fn(S, V) -> W>,
}

impl<S, V, W, F: FnMut(Option<S>, V) -> (Option<S>, W)> Logic for StatefulMapLogic<F, S, V, W> {
    type Value = V;
    type State = Option<S>;
    type Rest = ();
    type Event = Item<W>;
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
        out: &mut Emitter<'_, Item<W>>,
    ) -> Result<Fate, OutOfRange> {
        let (kept, given) = (self.mapper)(state.take(), value);
        *state = kept;
        out.emit(Item(given));
        Ok(if state.is_some() { Fate::Keep } else { Fate::Drop })
    }
}

impl<F, S, V, W> fmt::Debug for StatefulMapLogic<F, S, V, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatefulMapLogic")
    }
}

/// What `stateful_map` takes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not map a state and a value of type `{V}`",
    label = "the values of this stream are of type `{V}`",
    note = "`|state, value| …` is given an `Option` of the state, and gives one with the new value: `(Some(state), value)`"
)]
pub trait IsStatefulMapper<S, V, W, M>: FnMut(Option<S>, V) -> (Option<S>, W) {
    /// The function.
    type Itself: FnMut(Option<S>, V) -> (Option<S>, W);

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<S, V, W, F: FnMut(Option<S>, V) -> (Option<S>, W)> IsStatefulMapper<S, V, W, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<S, V, W, F: Never + FnMut(Option<S>, V) -> (Option<S>, W)> IsStatefulMapper<S, V, W, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
