//! `min_window(clock = …, windower = …, by = …)`: the least value of each window.

use std::cmp::Ordering;

use super::extreme::{ByRank, ExtremeInto, IsComparable, IsOrdered};
use crate::key::Key;
use crate::stream::{Is, KeyedStream};
use crate::windows::{Are, Clock, Combined, Folding, GoWith, Membership, Windower, combined};

impl<K: Key, V> KeyedStream<K, V> {
    /// Finds the least value of each key and window, and gives it when the window closes.
    ///
    /// ```text
    /// let windows = keyed.min_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     by = impl FnMut(&V) -> O,                      // left out: the value itself
    ///     ordered = bool,                                // left out: false
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, V)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, V)>   // like `down`
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// For something else than the values themselves see
    /// [`min_window_by`](KeyedStream::min_window_by).
    ///
    /// Of equal values that which came first is given, and of two that cannot be compared, such as a number and
    /// `f64::NAN`, too.
    ///
    /// The ports are `down` (window id and value), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(7, 0), (1, 4), (5, 12)].map(|(km, second)| (km, start + TimeDelta::seconds(second)));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let least = by_car.min_window(
    ///         clock = EventClock(|(_, time)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///     );
    ///     least.down.map_value(|(window, (km, _))| (window, km)).output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, 1)), ("car", (1, 5))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and, for each open window,
    /// a value. A key's watermark is kept for good, so that no window opens twice.
    /// Bytewax: `win.min_window`, where of equal values in merged sessions the
    /// earlier session's is given.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn min_window<T, C, W, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        options: N,
    ) -> Combined<K, T, C, W, T::Content, O, T, X>
    where
        V: Is<T>,
        C: Clock<T>,
        W: Windower<Membership: Membership<T>>,
        T: IsOrdered<M>,
        N: Are<O>,
        O: GoWith<T, Folding<T::Content>, T, X>,
    {
        combined(self.step(), (clock, windower), T::content(Ordering::Less), options, false)
    }

    /// `min_window(by = |value| …)`: finds the least value of each key and window, and gives it when the window closes.
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `by`: what values are compared by: `|value| …` gives anything that is `PartialOrd`.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// Of equal values that which came first is given, and of two that cannot be compared, such as a number and
    /// `f64::NAN`, too.
    ///
    /// The ports are `down` (window id and value), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(0, 7), (4, 1), (12, 5)].map(|(second, km)| (start + TimeDelta::seconds(second), km));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let least = by_car.min_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         by = |(_, km)| *km,
    ///     );
    ///     least.down.map_value(|(window, (_, km))| (window, km)).output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, 1)), ("car", (1, 5))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up and one call of `by` per item and window; per key, a few words and, for each open window,
    /// a value and what it is compared by. A key's watermark is kept for good, so that no window opens twice.
    /// Bytewax: `win.min_window` with `by`, where of equal values in merged sessions the earlier session's is given.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn min_window_by<R, C, W, F, G, M, N, O, Q, X>(
        self,
        clock: C,
        windower: W,
        by: F,
        options: N,
    ) -> Combined<K, V, C, W, ExtremeInto<ByRank<G>>, O, (R, V), X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        F: FnMut(&V) -> R,
        R: IsComparable<V, F, M, Rank = Q, By = G>,
        Q: PartialOrd,
        G: FnMut(&V) -> Q,
        N: Are<O>,
        O: GoWith<V, Folding<ExtremeInto<ByRank<G>>>, (R, V), X>,
    {
        let content = ExtremeInto::by(R::by(by), Ordering::Less);
        combined(self.step(), (clock, windower), content, options, false)
    }
}
