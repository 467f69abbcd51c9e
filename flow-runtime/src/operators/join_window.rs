//! `join_window(a, b, …, clock = …, windower = …)`: a join per window.

use std::fmt;
use std::marker::PhantomData;

use super::Beginning;
use crate::key::Key;
use crate::sides::{InsertMode, IsJoinable, Rows, SideTypes, Sides};
use crate::windows::{Are, Clock, GoWith, Membership, WindowContent, Windowed, Windower, windowed};

impl Beginning {
    /// Puts the values that two streams or more have under one key and in one window side by side, in a row: a tuple
    /// with a value of each stream, in the order in which the streams are written. There may be twelve.
    ///
    /// ```text
    /// let windows = join_window(                         // of KeyedStream<K, A>, KeyedStream<K, B>, …
    ///     left,
    ///     right,
    ///     clock = impl Clock<Side2<A, B>>,
    ///     windower = impl Windower,
    ///     insert_mode = first | last | product,          // left out: last
    ///     emit_mode = complete | final | running,        // left out: final
    ///     ordered = bool,                                // left out: true
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    /// );
    /// windows.down: KeyedStream<K, (WindowId, (Option<A>, Option<B>))>   // with `complete`: (WindowId, (A, B))
    /// windows.late: KeyedStream<K, (WindowId, Side2<A, B>)>
    /// windows.meta: KeyedStream<K, (WindowId, WindowMetadata)>
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock), with a closure for each stream that
    ///   finds the time of its values, or a [`SystemClock`](crate::windows::SystemClock). All streams of a key share
    ///   one clock.
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `insert_mode`: which values of a stream a window keeps: `first`, the `last`, or all of them, `product`. It is
    ///   `last` where it is left out. Where windows merge, `first` keeps the earlier window's value and `last` the
    ///   later's.
    /// * `emit_mode`: when rows are given. It is `final` where it is left out.
    ///   * `complete`: when every stream has a value in the window. Then its values are forgotten, and the window
    ///     stays open for others. A row is a tuple of plain values.
    ///   * `final`: when the window closes. A row is a tuple of `Option`s: a stream without a value has `None`.
    ///   * `running`: behind every value, and when windows merge. A row is a tuple of `Option`s.
    /// * `ordered`: whether values are taken in order of time, which is so where it is left out; otherwise as they
    ///   arrive.
    /// * `bounds`, `late_when` and `forget_keys_after`: see [the options of windows](crate::windows).
    ///
    /// The ports are `down` (window id and row), `late` (window id and value, as a variant of
    /// [`Side2`](crate::sides::Side2) or of its like for more streams) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let clicks = input(TestingSource::new([(at(1), "shoes"), (at(12), "hats")])).key_on(|_| "Ada");
    ///     let sales = input(TestingSource::new([(at(4), 80)])).key_on(|_| "Ada");
    ///     let visits = join_window(
    ///         clicks,
    ///         sales,
    ///         clock = EventClock(|(time, _)| *time, |(time, _)| *time, wait_for_system_duration = 10s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         emit_mode = final,
    ///     );
    ///     visits
    ///         .down
    ///         .map_value(|(window, (click, sale))| (window, click.map(|(_, page)| page), sale.map(|(_, sum)| sum)))
    ///         .output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("Ada", (0, Some("shoes"), Some(80))), ("Ada", (1, Some("hats"), None))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and what its open windows keep, to which there is no limit
    /// with `product`. Values that can be in several rows are cloned. A key's watermark is kept for good, so that no
    /// window opens twice. Bytewax: `win.join_window`, where `first` and `last` are the wrong way round when sessions
    /// merge, and late values come with a number.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    #[expect(clippy::type_complexity, reason = "the streams of the step, and the step")]
    pub fn join_window<K: Key, S, C, W, I, E, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        _insert_mode: I,
        _emit_mode: E,
        options: N,
        _sides: Sides<K, S>,
    ) -> Windowed<K, S::Value, C, W, JoinInto<S::Itself, I, E>, O, S::Value, X>
    where
        C: Clock<S::Value>,
        W: Windower<Membership: Membership<S::Value>>,
        I: InsertMode,
        S: IsJoinable<I, E, M>,
        N: Are<O>,
        O: GoWith<S::Value, JoinInto<S::Itself, I, E>, S::Value, X>,
    {
        let content = JoinInto { emit: PhantomData, spare: Vec::new(), room: 0 };
        windowed(self.step(), (clock, windower), content, options, true)
    }
}

/// What a window of `join_window` holds.
pub struct JoinInto<S: SideTypes, I: InsertMode, E> {
    emit: PhantomData<fn(E)>,
    /// What closed windows have left behind, without values, to be used by others.
    spare: Vec<S::Kept<I>>,
    /// How many bytes there are in that.
    room: usize,
}

/// How many bytes of what closed windows have left behind are kept for others. What is beyond it is given back.
const MOST_ROOM: usize = 1 << 20;

impl<S: SideTypes, I: InsertMode, E> JoinInto<S, I, E> {
    fn take(&mut self) -> S::Kept<I> {
        let kept = self.spare.pop().unwrap_or_default();
        self.room -= S::room::<I>(&kept);
        kept
    }

    /// Keeps what has no values any more, where it has memory.
    fn give_back(&mut self, kept: S::Kept<I>) {
        let room = S::room::<I>(&kept);
        if room > 0 && self.room + room <= MOST_ROOM {
            self.room += room;
            self.spare.push(kept);
        }
    }
}

impl<I: InsertMode, E, S: Rows<I, E>> WindowContent<S::Value> for JoinInto<S, I, E> {
    type State = S::Kept<I>;
    type Output = S::Row;

    fn open(&mut self, value: S::Value, out: &mut impl FnMut(S::Row)) -> S::Kept<I> {
        let mut kept = self.take();
        self.on_value(&mut kept, value, out);
        kept
    }

    #[inline]
    fn on_value(&mut self, kept: &mut S::Kept<I>, value: S::Value, out: &mut impl FnMut(S::Row)) {
        S::insert::<I>(kept, value);
        S::on_value(kept, out);
    }

    fn on_merge(&mut self, kept: &mut S::Kept<I>, mut absorbed: S::Kept<I>, out: &mut impl FnMut(S::Row)) {
        S::merge::<I>(kept, &mut absorbed);
        self.give_back(absorbed);
        S::on_value(kept, out);
    }

    fn on_close(&mut self, mut kept: S::Kept<I>, out: &mut impl FnMut(S::Row)) {
        S::on_end(&mut kept, out);
        self.give_back(kept);
    }
}

impl<S: SideTypes, I: InsertMode, E> fmt::Debug for JoinInto<S, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinInto").field("room", &self.room).finish_non_exhaustive()
    }
}
