//! `stateful(logic = || …)`: a logic of the user's own for each key.

use std::fmt;
use std::marker::PhantomData;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::known::{Known, Never, Unknown};
use crate::stateful::{Hosted, Moment, StatefulLogic};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives the key with each value that its logic gives: a [`StatefulLogic`] of your own, which takes values,
    /// can be notified at times that it chooses, and hears of the end of the input.
    ///
    /// ```text
    /// let news: KeyedStream<K, W> = keyed.stateful(
    ///     logic = impl FnMut() -> impl StatefulLogic<V, Output = W>,
    /// );
    /// ```
    ///
    /// * `logic`: makes a logic, when an item comes for a key that has none.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    /// use flow::stateful::{Fate, StatefulLogic};
    /// use flow::time::SimulatedTime;
    ///
    /// /// Says when a machine has said nothing for a minute.
    /// struct Watchdog {
    ///     heard: Option<DateTime<Utc>>,
    /// }
    ///
    /// impl StatefulLogic<u32> for Watchdog {
    ///     type Output = String;
    ///
    ///     fn on_item(&mut self, load: u32, now: DateTime<Utc>, out: &mut impl FnMut(String)) -> Fate {
    ///         if self.heard.is_none() {
    ///             out(format!("is there, load {load}"));
    ///         }
    ///         self.heard = Some(now);
    ///         Fate::Keep
    ///     }
    ///
    ///     fn on_notify(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(String)) -> Fate {
    ///         out(format!("is gone at {}", now.format("%H:%M:%S")));
    ///         Fate::Drop
    ///     }
    ///
    ///     fn notify_at(&self) -> Option<DateTime<Utc>> {
    ///         self.heard.map(|heard| heard + TimeDelta::minutes(1))
    ///     }
    /// }
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let loads = input(TimedSource::new([(at(0), 3), (at(50), 4), (at(200), 1)]));
    ///     let machines = loads.key_on(|_| "m1");
    ///     let news = machines.stateful(logic = || Watchdog { heard: None });
    ///     news.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// let expected = ["is there, load 3", "is gone at 00:01:50", "is there, load 1"];
    /// assert_eq!(items.take(), expected.map(|text| ("m1", text.to_owned())));
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Keys whose times come together are notified in the order in which their logics were made. An item goes
    /// ahead of the notifications of its activation, unless it brings one about: that follows at once.
    ///
    /// Cost: one look-up and two calls per item, `on_item` and `notify_at`; per key, the key, its logic and
    /// about 40 bytes until the logic is dropped. What the logics keep has no limit but theirs. Bytewax:
    /// `op.stateful`, which has a snapshot besides and notifies at a time that was taken back.
    pub fn stateful<S, B, M>(self, logic: B) -> (KeyedStream<K, S::Output>, Keyed<K, S::Logic>)
    where
        B: FnMut() -> S,
        S: IsStatefulLogic<V, B, M>,
    {
        (KeyedStream::new(), Keyed::new(self.step(), S::logic(logic)))
    }
}

/// What `stateful` does with one key.
pub struct StatefulItems<B, V, S> {
    builder: B,
    moment: Moment,
    types: PhantomData<fn(V) -> S>,
}

impl<V, S: StatefulLogic<V>, B: FnMut() -> S> Logic for StatefulItems<B, V, S> {
    type Value = V;
    type State = Hosted<S>;
    type Rest = ();
    type Event = Item<S::Output>;
    type Reading = ();
    type Marks = Marked;

    fn create(&mut self, _: Timestamp) -> Hosted<S> {
        Hosted::new((self.builder)())
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Hosted<S>,
        value: V,
        _: Option<()>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        let time = self.moment.time(now);
        let fate = state.logic.on_item(value, time, &mut |value| out.emit(Item(value)));
        if fate == Fate::Drop {
            return Ok(Fate::Drop);
        }
        state.alarm.set(state.logic.notify_at());
        // At once, and not when the batch is over: batches do not show.
        self.on_due(state, now, out)
    }

    #[inline]
    fn due(&self, state: &Hosted<S>) -> Timestamp {
        state.alarm.due()
    }

    #[inline]
    fn on_due(
        &mut self,
        state: &mut Hosted<S>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        let on_notify = |logic: &mut S, now| logic.on_notify(now, &mut |value| out.emit(Item(value)));
        Ok(state.notify(now, on_notify, S::notify_at))
    }

    fn on_end(
        &mut self,
        state: &mut Hosted<S>,
        now: Timestamp,
        out: &mut Emitter<'_, Item<S::Output>>,
    ) -> Result<Fate, OutOfRange> {
        state.alarm.stop();
        Ok(state.logic.on_eof(now.to_datetime(), &mut |value| out.emit(Item(value))))
    }
}

impl<B, V, S> fmt::Debug for StatefulItems<B, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatefulItems")
    }
}

/// What `stateful` has its logics made of. Where it is no [`StatefulLogic`], rustc knows of no `Logic`, and says
/// so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `StatefulLogic` for values of type `{V}`",
    label = "the values of this stream are of type `{V}`",
    note = "implement `flow::stateful::StatefulLogic<{V}>` for it, and give a closure that makes one: \
            `logic = || …`"
)]
pub trait IsStatefulLogic<V, B, M> {
    /// What it gives.
    type Output;
    /// What is done with one key.
    type Logic: Logic<Value = V, Event = Item<Self::Output>>;

    /// Gives what is done with one key.
    fn logic(builder: B) -> Self::Logic;
}

#[diagnostic::do_not_recommend]
impl<V, S: StatefulLogic<V>, B: FnMut() -> S> IsStatefulLogic<V, B, Known> for S {
    type Output = S::Output;
    type Logic = StatefulItems<B, V, S>;

    fn logic(builder: B) -> Self::Logic {
        StatefulItems { builder, moment: Moment::new(), types: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<V, S: Never + StatefulLogic<V>, B: FnMut() -> S> IsStatefulLogic<V, B, Unknown> for S {
    type Output = S::Output;
    type Logic = StatefulItems<B, V, S>;

    fn logic(builder: B) -> Self::Logic {
        StatefulItems { builder, moment: Moment::new(), types: PhantomData }
    }
}
