//! `join(a, b, …, insert_mode = …, emit_mode = …)`: the values of several streams under one key, side by side.

use std::fmt;
use std::marker::PhantomData;

use super::Beginning;
use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic, Marked};
use crate::sides::{InsertMode, IsJoinable, Rows, Sides};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

impl Beginning {
    /// Puts the values that two streams or more have under one key side by side, in a row: a tuple with a value of
    /// each stream, in the order in which the streams are written. There may be twelve.
    ///
    /// ```text
    /// let rows = join(                              // of KeyedStream<K, A>, KeyedStream<K, B>, …
    ///     left,
    ///     right,
    ///     insert_mode = first | last | product,         // left out: last
    ///     emit_mode = complete | final | running,       // left out: complete
    /// );
    /// rows: KeyedStream<K, (A, B)>                      // with `complete`
    /// rows: KeyedStream<K, (Option<A>, Option<B>)>      // with `final` and `running`
    /// ```
    ///
    /// * `insert_mode`: which values of a stream are kept: `first`, the `last`, or all of them, `product`. It is
    ///   `last` where it is left out.
    /// * `emit_mode`: when rows are given. It is `complete` where it is left out.
    ///   * `complete`: when every stream has a value. Then all values of the key are forgotten. A row is a tuple of
    ///     plain values.
    ///   * `final`: at the end of input. A row is a tuple of `Option`s: a stream without a value has `None`.
    ///   * `running`: behind every value, whether or not it is kept. A row is a tuple of `Option`s, and nothing is
    ///     forgotten.
    ///
    /// With `product` there is a row for every way to choose one value of each stream; the first stream's values
    /// turn slowest.
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
    ///     let names = input(TimedSource::new([(at(0), (1, "Ada")), (at(2), (2, "Grace")), (at(3), (2, "Kay"))]));
    ///     let ages = input(TimedSource::new([(at(1), (1, 36)), (at(4), (2, 85))]));
    ///     let names_by_id = names.key_on(|(id, _)| *id).map_value(|(_, name)| name);
    ///     let ages_by_id = ages.key_on(|(id, _)| *id).map_value(|(_, age)| age);
    ///     let people = join(names_by_id, ages_by_id, insert_mode = first, emit_mode = complete);
    ///     people.output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [(1, ("Ada", 36)), (2, ("Grace", 85))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item. Per key, the values that are kept: with `product` there is no limit to them, nor
    /// is there one to the rows, and with `final` and `running` they stay for good. Values that can be in several
    /// rows are cloned. Bytewax: `op.join`, whose rows have `None` in every mode.
    ///
    /// # Errors
    /// One stream alone, more than twelve, and streams whose keys differ in type are refused by the compiler.
    pub fn join<K: Key, S, I, E, M>(
        self,
        _insert_mode: I,
        _emit_mode: E,
        _sides: Sides<K, S>,
    ) -> (KeyedStream<K, S::Row>, Keyed<K, JoinLogic<S::Itself, I, E>>)
    where
        I: InsertMode,
        S: IsJoinable<I, E, M>,
    {
        (KeyedStream::new(), Keyed::new(self.step(), JoinLogic { modes: PhantomData }))
    }
}

/// What `join` does with one key.
pub struct JoinLogic<S, I, E> {
    modes: PhantomData<fn(S, I, E)>,
}

impl<I: InsertMode, E, S: Rows<I, E>> Logic for JoinLogic<S, I, E> {
    type Value = S::Value;
    type State = S::Kept<I>;
    type Rest = ();
    type Event = Item<S::Row>;
    type Reading = ();
    type Marks = Marked;

    fn create(&mut self, _: Timestamp) -> Self::State {
        Self::State::default()
    }

    #[inline]
    fn on_item(
        &mut self,
        kept: &mut Self::State,
        value: S::Value,
        _: Option<()>,
        _: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        S::insert::<I>(kept, value);
        S::on_value(kept, &mut |row| out.emit(Item(row)));
        Ok(Fate::Keep)
    }

    #[inline]
    fn is_resting(&self, kept: &Self::State) -> bool {
        S::is_empty::<I>(kept)
    }

    fn on_end(
        &mut self,
        kept: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        S::on_end(kept, &mut |row| out.emit(Item(row)));
        Ok(Fate::Drop)
    }
}

impl<S, I, E> fmt::Debug for JoinLogic<S, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinLogic")
    }
}
