//! `collect_window(clock = …, windower = …)`: lists of a key's values, one per window.

use crate::key::Key;
use crate::list::{List, Lists};
use crate::stream::KeyedStream;
use crate::windows::{Are, Clock, Folding, GoWith, Membership, WindowFold, Windowed, Windower, windowed};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gathers the values of each key and window into a list, and gives it when the window closes.
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower) or a
    ///   [`SessionWindower`](crate::windows::SessionWindower).
    /// * `ordered`: whether a list is in order of time; otherwise it is in order of arrival.
    ///
    /// The ports are `down` (window id and list), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)). With `ordered = true`, the default, items
    /// wait until the watermark reaches them and the list is in order of time.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let seconds = input(TestingSource::new([1, 8, 4, 13]));
    ///     let keyed = seconds.key_on(|_| 'k');
    ///     let windows = keyed.collect_window(
    ///         clock = EventClock(|second| start + TimeDelta::seconds(*second), wait_for_system_duration = 5s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///     );
    ///     windows.down.map_value(|(window, list)| (window, list.into_vec())).output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [('k', (0, vec![1, 4, 8])), ('k', (1, vec![13]))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and the open lists. A key's watermark is kept for
    /// good, so that no window opens twice. Bytewax: `win.collect_window`.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn collect_window<C, W, N, O, X>(
        self,
        clock: C,
        windower: W,
        options: N,
    ) -> Windowed<K, V, C, W, Folding<CollectInto<V>>, O, V, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        N: Are<O>,
        O: GoWith<V, Folding<CollectInto<V>>, V, X>,
    {
        let content = CollectInto { lists: Lists::new() };
        windowed(self.step(), (clock, windower), Folding(content), options, true)
    }
}

/// What a window of `collect_window` holds.
#[derive(Debug)]
pub struct CollectInto<V> {
    lists: Lists<V>,
}

impl<V> WindowFold<V> for CollectInto<V> {
    type Accumulator = List<V>;
    type Output = List<V>;

    fn open(&mut self, value: V) -> List<V> {
        let mut list = self.lists.take();
        list.push(value);
        list
    }

    #[inline]
    fn add(&mut self, list: &mut List<V>, value: V) {
        list.push(value);
    }

    fn merge(&mut self, target: &mut List<V>, absorbed: List<V>) {
        absorbed.into_iter().for_each(|value| target.push(value));
    }

    fn close(&mut self, list: List<V>) -> List<V> {
        list
    }
}
