//! `reduce_window(clock = …, windower = …, reducer = …)`: one value of a window's many.

use std::fmt;

use super::reduce_final::IsReducer;
use crate::key::Key;
use crate::stream::KeyedStream;
use crate::windows::{Are, Clock, Folding, GoWith, Membership, WindowFold, Windowed, Windower, windowed};

impl<K: Key, V> KeyedStream<K, V> {
    /// Reduces the values of each key and window to one, and gives it when the window closes.
    ///
    /// ```text
    /// let windows = keyed.reduce_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     reducer = impl FnMut(V, V) -> V,
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
    /// * `reducer`: makes one value of two: `|reduced, value| …`.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// A window with one value gives this value. When sessions merge, the reducer takes what the two have come to,
    /// the earlier session's first.
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
    ///     let sums = by_car.reduce_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         reducer = |(first, sum), (_, km)| (first, sum + km),
    ///     );
    ///     sums.down.map_value(|(window, (_, km))| (window, km)).output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, 8)), ("car", (1, 5))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and one value per open window. A key's watermark is kept
    /// for good, so that no window opens twice. Bytewax: `win.reduce_window`.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn reduce_window<C, W, F, G, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        reducer: F,
        options: N,
    ) -> Windowed<K, V, C, W, Folding<ReduceInto<G>>, O, V, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        F: IsReducer<V, M, Itself = G>,
        G: FnMut(V, V) -> V,
        N: Are<O>,
        O: GoWith<V, Folding<ReduceInto<G>>, V, X>,
    {
        let content = ReduceInto { reducer: reducer.itself() };
        windowed(self.step(), (clock, windower), Folding(content), options, false)
    }
}

/// What a window of `reduce_window` holds.
pub struct ReduceInto<F> {
    reducer: F,
}

impl<V, F: FnMut(V, V) -> V> WindowFold<V> for ReduceInto<F> {
    /// None only while the user's closure has it.
    type Accumulator = Option<V>;
    type Output = V;

    fn open(&mut self, value: V) -> Option<V> {
        Some(value)
    }

    #[inline]
    fn add(&mut self, accumulator: &mut Option<V>, value: V) {
        *accumulator = match accumulator.take() {
            Some(reduced) => Some((self.reducer)(reduced, value)),
            None => Some(value),
        };
    }

    fn merge(&mut self, target: &mut Option<V>, absorbed: Option<V>) {
        if let Some(absorbed) = absorbed {
            self.add(target, absorbed);
        }
    }

    fn close(&mut self, accumulator: Option<V>) -> V {
        // A reducer that panics ends the run, so no window closes behind it.
        accumulator
            .unwrap_or_else(|| unreachable!("a window of `reduce_window` has no value: a bug in `flow`"))
    }
}

impl<F> fmt::Debug for ReduceInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReduceInto")
    }
}
