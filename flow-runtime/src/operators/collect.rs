//! `collect(timeout = …, max_size = …)`: lists of a key's values.

use std::hint::select_unpredictable;

use chrono::TimeDelta;

use crate::key::Key;
use crate::keyed::{Emitter, Fate, Item, Keyed, Logic};
use crate::list::{List, Lists};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Span, Timestamp};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gathers the values of each key into lists. A list is given when it has `max_size` items, when
    /// `timeout` has passed since its **first** item, or at the end of input.
    ///
    /// * `timeout`: how long an item waits at most; more than zero.
    /// * `max_size`: how many items make a list full; at least one.
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
    ///     let letters = input(TimedSource::new([(at(0), 'a'), (at(9), 'b'), (at(10), 'c'), (at(11), 'd')]));
    ///     let keyed = letters.key_on(|_| "ALL");
    ///     let lists = keyed.collect(timeout = 10s, max_size = 3);
    ///     lists.map_value(|list| list.into_vec()).output(sink);
    /// };
    /// flow.run_in(SimulatedTime::starting_at(start))?;
    /// assert_eq!(items.take(), [("ALL", vec!['a', 'b', 'c']), ("ALL", vec!['d'])]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; a key without a list costs nothing in the long run. Bytewax:
    /// `op.collect`, where, against its documentation, every item restarts the timeout.
    ///
    /// # Errors
    /// A `timeout` or `max_size` of zero is refused: by the compiler where it is a literal, when the flow
    /// starts otherwise.
    pub fn collect(
        self,
        timeout: TimeDelta,
        max_size: usize,
    ) -> (KeyedStream<K, List<V>>, Keyed<K, CollectLogic<V>>) {
        let logic = CollectLogic {
            // A timeout beyond the range of time never comes.
            timeout: Span::from_delta(timeout).unwrap_or(Span::MAX),
            max_size,
            lists: Lists::new(),
        };
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}

/// What `collect` does with one key.
#[derive(Debug)]
pub struct CollectLogic<V> {
    timeout: Span,
    max_size: usize,
    lists: Lists<V>,
}

/// A list that is not full yet.
#[derive(Debug)]
pub struct Gathering<V> {
    list: List<V>,
    due: Timestamp,
}

impl<V> Logic for CollectLogic<V> {
    type Value = V;
    type State = Gathering<V>;
    type Event = Item<List<V>>;

    fn check(&self) -> Result<(), String> {
        if self.max_size == 0 {
            return Err("`max_size` must be at least 1".to_owned());
        }
        if self.timeout.nanoseconds() <= 0 {
            return Err("`timeout` must be more than zero".to_owned());
        }
        Ok(())
    }

    #[inline]
    fn create(&mut self, _: Timestamp) -> Gathering<V> {
        Gathering { list: self.lists.take(), due: Timestamp::MAX }
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Gathering<V>,
        value: V,
        now: Timestamp,
        out: &mut Emitter<'_, Item<List<V>>>,
    ) -> Result<Fate, OutOfRange> {
        let is_first = state.list.is_empty();
        state.due = select_unpredictable(is_first, now.saturating_after(self.timeout), state.due);
        state.list.push(value);
        if state.list.len() >= self.max_size {
            self.give(state, out);
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn is_resting(&self, state: &Gathering<V>) -> bool {
        state.list.is_empty()
    }

    #[inline]
    fn due(&self, state: &Gathering<V>) -> Timestamp {
        state.due
    }

    fn on_due(
        &mut self,
        state: &mut Gathering<V>,
        _: Timestamp,
        out: &mut Emitter<'_, Item<List<V>>>,
    ) -> Result<Fate, OutOfRange> {
        self.give(state, out);
        Ok(Fate::Keep)
    }

    fn on_end(
        &mut self,
        state: &mut Gathering<V>,
        _: Timestamp,
        out: &mut Emitter<'_, Item<List<V>>>,
    ) -> Result<Fate, OutOfRange> {
        self.give(state, out);
        Ok(Fate::Drop)
    }
}

impl<V> CollectLogic<V> {
    /// Gives the list, and puts an empty one in its place.
    #[inline]
    fn give(&mut self, state: &mut Gathering<V>, out: &mut Emitter<'_, Item<List<V>>>) {
        out.emit(Item(std::mem::replace(&mut state.list, self.lists.take())));
        state.due = Timestamp::MAX;
    }
}
