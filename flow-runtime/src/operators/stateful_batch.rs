//! `stateful_batch(logic = || …)`: a logic of the user's own for each key, which takes values together.

use std::fmt;
use std::marker::PhantomData;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::known::{Known, Never, Unknown};
use crate::list::List;
use crate::stateful::{Hosted, StatefulBatchLogic};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives the key with each value that its logic gives: a [`StatefulBatchLogic`] of your own, which takes
    /// together all values that the key has in an activation. For what is done better for many values at once,
    /// such as a request to a service.
    ///
    /// ```text
    /// let news: KeyedStream<K, W> = keyed.stateful_batch(
    ///     logic = impl FnMut() -> impl StatefulBatchLogic<V, Output = W>,
    /// );
    /// ```
    ///
    /// * `logic`: makes a logic, when an item comes for a key that has none.
    ///
    /// How many values come together depends on what the sources have at hand and on
    /// [`batch_limit`](crate::engine::Running::batch_limit), and so do the results, if the logic lets them. No
    /// other operator but `flat_map_batch` and `inspect_debug` shows batches.
    /// [`stateful`](KeyedStream::stateful) takes values one by one.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    /// use flow::list::List;
    /// use flow::stateful::{Fate, StatefulBatchLogic};
    /// use flow::time::SimulatedTime;
    ///
    /// /// Looks all of its words up at once.
    /// struct Lengths;
    ///
    /// impl StatefulBatchLogic<&'static str> for Lengths {
    ///     type Output = (usize, usize);
    ///
    ///     fn on_batch(
    ///         &mut self,
    ///         words: List<&'static str>,
    ///         _: DateTime<Utc>,
    ///         out: &mut impl FnMut((usize, usize)),
    ///     ) -> Fate {
    ///         let asked_together = words.len();
    ///         words.into_iter().for_each(|word| out((word.len(), asked_together)));
    ///         Fate::Keep
    ///     }
    /// }
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let words = input(TimedSource::new([(at(0), "tea"), (at(0), "milk"), (at(7), "rum")]));
    ///     let keyed = words.key_on(|_| "ALL");
    ///     let lengths = keyed.stateful_batch(logic = || Lengths);
    ///     lengths.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [("ALL", (3, 2)), ("ALL", (4, 2)), ("ALL", (3, 1))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// In one activation a key is handed its values, then notified if its time has come, then told of the end of
    /// the input; keys go in the order in which their logics were made.
    ///
    /// Cost: one look-up per item; per key and activation, a place among the due times; per key, the key, its
    /// logic and about 60 bytes until the logic is dropped. Values wait in a list until the activation settles.
    /// Bytewax: `op.stateful_batch`.
    pub fn stateful_batch<S, B, M>(self, logic: B) -> (KeyedStream<K, S::Output>, Keyed<K, S::Logic>)
    where
        B: FnMut() -> S,
        S: IsStatefulBatchLogic<V, B, M>,
    {
        (KeyedStream::new(), Keyed::new(self.step(), S::logic(logic)))
    }
}

/// What `stateful_batch` does with one key.
pub struct StatefulBatches<B, V, S> {
    builder: B,
    types: PhantomData<fn(V) -> S>,
}

/// A logic, and the values that wait until the activation settles.
#[derive(Debug)]
pub struct Waiting<S, V> {
    hosted: Hosted<S>,
    values: List<V>,
}

impl<V, S: StatefulBatchLogic<V>, B: FnMut() -> S> Logic for StatefulBatches<B, V, S> {
    type Value = V;
    type State = Waiting<S, V>;
    type Rest = ();
    type Event = Item<S::Output>;
    type Reading = ();
    type Marks = Marked;

    fn create(&mut self, _: Timestamp) -> Waiting<S, V> {
        Waiting { hosted: Hosted::new((self.builder)()), values: List::new() }
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Waiting<S, V>,
        value: V,
        _: Option<()>,
        _: Timestamp,
        _: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        state.values.push(value);
        Ok(Fate::Keep)
    }

    /// A key that has values is due: it gets them where the activation settles.
    #[inline]
    fn due(&self, state: &Waiting<S, V>) -> Timestamp {
        if state.values.is_empty() { state.hosted.alarm.due() } else { Timestamp::MIN }
    }

    fn on_due(
        &mut self,
        state: &mut Waiting<S, V>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        let hosted = &mut state.hosted;
        if !state.values.is_empty() {
            let values = std::mem::take(&mut state.values);
            let time = now.to_datetime();
            if hosted.logic.on_batch(values, time, &mut |value| out.emit(Item(value))) == Fate::Drop {
                return Ok(Fate::Drop);
            }
            hosted.alarm.set(hosted.logic.notify_at());
        }
        let on_notify = |logic: &mut S, now| logic.on_notify(now, &mut |value| out.emit(Item(value)));
        Ok(hosted.notify(now, on_notify, S::notify_at))
    }

    fn on_end(
        &mut self,
        state: &mut Waiting<S, V>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        state.hosted.alarm.stop();
        Ok(state.hosted.logic.on_eof(now.to_datetime(), &mut |value| out.emit(Item(value))))
    }
}

impl<B, V, S> fmt::Debug for StatefulBatches<B, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatefulBatches")
    }
}

/// What `stateful_batch` has its logics made of. Where it is no [`StatefulBatchLogic`], rustc knows of no
/// `Logic`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `StatefulBatchLogic` for values of type `{V}`",
    label = "the values of this stream are of type `{V}`",
    note = "implement `flow::stateful::StatefulBatchLogic<{V}>` for it, and give a closure that makes one: \
            `logic = || …`"
)]
pub trait IsStatefulBatchLogic<V, B, M> {
    /// What it gives.
    type Output;
    /// What is done with one key.
    type Logic: Logic<Value = V, Event = Item<Self::Output>>;

    /// Gives what is done with one key.
    fn logic(builder: B) -> Self::Logic;
}

#[diagnostic::do_not_recommend]
impl<V, S: StatefulBatchLogic<V>, B: FnMut() -> S> IsStatefulBatchLogic<V, B, Known> for S {
    type Output = S::Output;
    type Logic = StatefulBatches<B, V, S>;

    fn logic(builder: B) -> Self::Logic {
        StatefulBatches { builder, types: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<V, S: Never + StatefulBatchLogic<V>, B: FnMut() -> S> IsStatefulBatchLogic<V, B, Unknown> for S {
    type Output = S::Output;
    type Logic = StatefulBatches<B, V, S>;

    fn logic(builder: B) -> Self::Logic {
        StatefulBatches { builder, types: PhantomData }
    }
}
