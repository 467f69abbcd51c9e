//! `window(clock = …, windower = …, logic = || …)`: a logic of the user's own for each window.

use crate::key::Key;
use crate::stream::KeyedStream;
use crate::windows::{Are, Clock, GoWith, IsWindowLogic, Membership, Windowed, Windower, windowed};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives what the logic of each window gives: a [`WindowLogic`](crate::windows::WindowLogic) of your own, which
    /// takes the values of one key and window, and may give any number of results at any time.
    ///
    /// ```text
    /// let windows = keyed.window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     logic = impl FnMut() -> impl WindowLogic<V, Output = W>,
    ///     ordered = bool,                                // left out: true
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, W)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock), a
    ///   [`SystemClock`](crate::windows::SystemClock), or a [`Clock`] of your own.
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower), a [`CountWindower`](crate::windows::CountWindower), or a
    ///   [`Windower`] of your own.
    /// * `logic`: makes a logic, when a window opens.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time, which is the
    ///   default; otherwise they are taken as they arrive.
    /// * the options of all [windows](crate::windows), but for `early`: a logic gives results when it likes.
    ///
    /// The ports are `down` (window id and what the logic gave), `late` (window id and value) and `meta` (window id
    /// and [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::windows::WindowLogic;
    ///
    /// /// Gives an alarm at the third failure of its window, and at the end how many there were.
    /// struct Failures(u32);
    ///
    /// impl WindowLogic<u32> for Failures {
    ///     type Output = String;
    ///
    ///     fn on_value(&mut self, second: u32, out: &mut impl FnMut(String)) {
    ///         self.0 += 1;
    ///         if self.0 == 3 {
    ///             out(format!("alarm at {second}"));
    ///         }
    ///     }
    ///
    ///     fn on_merge(&mut self, absorbed: Self, _: &mut impl FnMut(String)) {
    ///         self.0 += absorbed.0;
    ///     }
    ///
    ///     fn on_close(self, out: &mut impl FnMut(String)) {
    ///         out(format!("{} failures", self.0));
    ///     }
    /// }
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let seconds = input(TestingSource::new([1, 8, 4, 13]));
    ///     let keyed = seconds.key_on(|_| "m1");
    ///     let failures = keyed.window(
    ///         clock = EventClock(
    ///             |second| start + TimeDelta::seconds(i64::from(*second)),
    ///             wait_for_system_duration = 5s,
    ///         ),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         logic = || Failures(0),
    ///     );
    ///     failures.down.output(sink);
    /// };
    /// flow.run()?;
    /// let expected = [(0, "alarm at 8"), (0, "3 failures"), (1, "1 failures")];
    /// assert_eq!(items.take(), expected.map(|(window, text)| ("m1", (window, text.to_owned()))));
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and the logics of its open windows. What these keep has no
    /// limit but theirs. A key's watermark is kept for good, unless `forget_keys_after` says how long. Bytewax:
    /// `win.window`.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn window<S, B, C, W, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        logic: B,
        options: N,
    ) -> Windowed<K, V, C, W, S::Content, O, S, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        B: FnMut() -> S,
        S: IsWindowLogic<V, B, M>,
        N: Are<O>,
        O: GoWith<V, S::Content, S, X>,
    {
        windowed(self.step(), (clock, windower), S::content(logic), options, true)
    }
}
