//! `count_window(clock = …, windower = …)`: how many values a key has in each window.

use crate::key::Key;
use crate::stream::KeyedStream;
use crate::windows::{
    Are, Clock, Combined, Folding, GoWith, Membership, PartialFold, WindowFold, Windower, combined,
};

impl<K: Key, V> KeyedStream<K, V> {
    /// Counts the values of each key and window, and gives the number, a `u64`, when the window closes.
    ///
    /// ```text
    /// let windows = keyed.count_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     ordered = bool,                                // left out: false
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, u64)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, u64)>   // like `down`
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
    /// The ports are `down` (window id and number), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let visits = [(0, "in"), (4, "out"), (12, "in")].map(|(second, way)| (start + TimeDelta::seconds(second), way));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let visits = input(TestingSource::new(visits));
    ///     let by_way = visits.key_on(|(_, way)| *way);
    ///     let counts = by_way.count_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///     );
    ///     counts.down.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("in", (0, 1)), ("in", (1, 1)), ("out", (0, 1))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and two for each open window. A key's watermark is kept
    /// for good, so that no window opens twice. Bytewax: `win.count_window`, which stands on a stream without
    /// keys and takes the function that finds them: here this is the `key_on` in front.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn count_window<C, W, N, O, X>(
        self,
        clock: C,
        windower: W,
        options: N,
    ) -> Combined<K, V, C, W, CountInto, O, u64, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        N: Are<O>,
        O: GoWith<V, Folding<CountInto>, u64, X>,
    {
        combined(self.step(), (clock, windower), CountInto, options, false)
    }
}

/// What a window of `count_window` holds.
#[derive(Clone, Copy, Debug)]
pub struct CountInto;

impl<V> WindowFold<V> for CountInto {
    type Accumulator = u64;
    type Output = u64;

    #[inline]
    fn open(&mut self, _: V) -> u64 {
        1
    }

    #[inline]
    fn add(&mut self, count: &mut u64, _: V) {
        *count += 1;
    }

    #[inline]
    fn merge(&mut self, target: &mut u64, absorbed: u64) {
        *target += absorbed;
    }

    fn close(&mut self, count: u64) -> u64 {
        count
    }
}

impl<V> PartialFold<V> for CountInto {
    const INVERTIBLE: bool = true;

    #[inline]
    fn copy(&mut self, count: &u64, _: impl Fn(&V) -> V) -> u64 {
        *count
    }

    #[inline]
    fn subtract(&mut self, total: &mut u64, part: u64) {
        *total -= part;
    }
}
