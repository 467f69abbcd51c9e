//! `fold_window(clock = …, windower = …, builder = …, folder = …, merger = …)`: a fold per window.

use std::fmt;
use std::marker::PhantomData;

use super::fold_final::{IsBuilder, IsFolder};
use crate::key::Key;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::windows::{
    Are, Clock, Combined, Folding, GoWith, Membership, PartialFold, WindowFold, Windowed, Windower, combined,
    windowed,
};

impl<K: Key, V> KeyedStream<K, V> {
    /// Folds the values of each key and window, and gives the accumulator when the window closes.
    ///
    /// ```text
    /// let windows = keyed.fold_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     builder = impl FnMut() -> A,
    ///     folder = impl FnMut(A, V) -> A,
    ///     merger = impl FnMut(A, A) -> A,
    ///     combine = true | false,                        // left out: false
    ///     ordered = bool,                                // left out: true
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, A)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, A)>   // like `down`
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `builder`: makes a new window's accumulator.
    /// * `folder`: takes a value in: `|accumulator, value| …` gives the new accumulator.
    /// * `merger`: makes one accumulator of two when windows merge: `|target, absorbed| …`.
    /// * `combine = true`: says that it does not matter in which groups values are folded: `merger` is associative, and
    ///   folding values one by one gives what `merger` makes of the folds of parts of them, in their order. Sliding
    ///   windows then fold each slice once, and put what they hold together when they close, instead of folding each
    ///   value into each window that it belongs to; what the builder makes must be `Clone`. Slices are put together in
    ///   the order of time: where values are taken as they arrive, their order must not matter either. With `early`,
    ///   and with windows that do not overlap, it changes nothing, and nor does `combine = false`.
    /// * `ordered`: whether values are folded in order of time; otherwise as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// The ports are `down` (window id and accumulator), `late` (window id and value) and `meta` (window
    /// id and [`WindowMetadata`](crate::windows::WindowMetadata)). With `ordered = true`, the default,
    /// items wait until the watermark reaches them and are folded in order of time.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(0, 7), (4, 1), (12, 5), (3, 9)].map(|(second, km)| (start + TimeDelta::seconds(second), km));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// # let late_sink = CollectingSink::new();
    /// # let late_items = late_sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let sums = by_car.fold_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         builder = || 0,
    ///         folder = |sum, (_, km)| sum + km,
    ///         merger = |sum, other| sum + other,
    ///     );
    ///     sums.down.output(sink);
    ///     sums.late.map_value(|(window, (_, km))| (window, km)).output(late_sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, 8)), ("car", (1, 5))]);
    /// assert_eq!(late_items.take(), [("car", (0, 9))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, a few words and one accumulator per open window. Sliding windows with
    /// `combine = true` have one accumulator per slice, of which an offset is one or two, and merge about three times
    /// for a window that closes, however long it is; an item that comes when a window has closed over its slice, which
    /// only `late_when = window_closed` lets in, has the slices of the next window merged anew. A key's
    /// watermark is kept for good, so that no window opens twice. Bytewax: `win.fold_window`.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    #[expect(clippy::type_complexity, reason = "the streams of the step, and the step")]
    pub fn fold_window<A, C, W, B, F, G, H, I, J, L, M, P, N, O, X>(
        self,
        clock: C,
        windower: W,
        builder: B,
        folder: F,
        merger: G,
        options: N,
    ) -> Windowed<K, V, C, W, Folding<FoldInto<A, H, I, J>>, O, A, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        B: IsBuilder<A, L, Itself = H>,
        F: IsFolder<A, V, M, Itself = I>,
        G: IsMerger<A, P, Itself = J>,
        H: FnMut() -> A,
        I: FnMut(A, V) -> A,
        J: FnMut(A, A) -> A,
        N: Are<O>,
        O: GoWith<V, Folding<FoldInto<A, H, I, J>>, A, X>,
    {
        let content = FoldInto::new(builder.itself(), folder.itself(), merger.itself());
        windowed(self.step(), (clock, windower), Folding(content), options, true)
    }

    /// `fold_window` with `combine = true`.
    #[doc(hidden)]
    #[expect(clippy::type_complexity, reason = "the streams of the step, and the step")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument in the block")]
    pub fn fold_window_combined<A, C, W, B, F, G, H, I, J, L, M, P, N, O, X, Y, Z>(
        self,
        clock: C,
        windower: W,
        builder: B,
        folder: F,
        merger: G,
        _combine: Shared,
        options: N,
    ) -> Combined<K, V, C, W, FoldShared<A, H, I, J, Z>, O, A, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        B: IsBuilder<A, L, Itself = H>,
        F: IsFolder<A, V, M, Itself = I>,
        G: IsMerger<A, P, Itself = J>,
        H: FnMut() -> A,
        I: FnMut(A, V) -> A,
        J: FnMut(A, A) -> A,
        A: IsShared<Y, Copies = Z>,
        Z: Copies<A, Original = A>,
        N: Are<O>,
        O: GoWith<V, Folding<FoldShared<A, H, I, J, Z>>, A, X>,
    {
        let fold = FoldInto::new(builder.itself(), folder.itself(), merger.itself());
        let shared = FoldShared { fold, copies: A::copies() };
        combined(self.step(), (clock, windower), shared, options, true)
    }
}

/// `combine = true`: windows that overlap share what has been folded.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Shared;

/// What a window of `fold_window` holds.
pub struct FoldInto<A, B, F, M> {
    builder: B,
    folder: F,
    merger: M,
    accumulator: PhantomData<fn() -> A>,
}

impl<A, B, F, M> FoldInto<A, B, F, M> {
    fn new(builder: B, folder: F, merger: M) -> Self {
        Self { builder, folder, merger, accumulator: PhantomData }
    }
}

impl<A, V, B, F, M> WindowFold<V> for FoldInto<A, B, F, M>
where
    B: FnMut() -> A,
    F: FnMut(A, V) -> A,
    M: FnMut(A, A) -> A,
{
    /// None only while the user's closure has it.
    type Accumulator = Option<A>;
    type Output = A;

    fn open(&mut self, value: V) -> Option<A> {
        let empty = (self.builder)();
        Some((self.folder)(empty, value))
    }

    #[inline]
    fn add(&mut self, accumulator: &mut Option<A>, value: V) {
        if let Some(before) = accumulator.take() {
            *accumulator = Some((self.folder)(before, value));
        }
    }

    fn merge(&mut self, target: &mut Option<A>, absorbed: Option<A>) {
        *target = match (target.take(), absorbed) {
            (Some(target), Some(absorbed)) => Some((self.merger)(target, absorbed)),
            (target, absorbed) => target.or(absorbed),
        };
    }

    fn close(&mut self, accumulator: Option<A>) -> A {
        accumulator.unwrap_or_else(|| (self.builder)())
    }
}

impl<A, B, F, M> fmt::Debug for FoldInto<A, B, F, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoldInto")
    }
}

/// What `fold_window` takes as `merger`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not make one accumulator of two",
    label = "this is no function of two accumulators",
    note = "`merger = |target, absorbed| …` gives an accumulator of the same type"
)]
pub trait IsMerger<A, M>: FnMut(A, A) -> A {
    /// The function.
    type Itself: FnMut(A, A) -> A;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<A, F: FnMut(A, A) -> A> IsMerger<A, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A, F: Never + FnMut(A, A) -> A> IsMerger<A, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

/// What a window of `fold_window` holds with `combine = true`. `C` makes copies of it.
#[derive(Debug)]
pub struct FoldShared<A, B, F, M, C> {
    fold: FoldInto<A, B, F, M>,
    copies: C,
}

impl<A, V, B, F, M, C> WindowFold<V> for FoldShared<A, B, F, M, C>
where
    B: FnMut() -> A,
    F: FnMut(A, V) -> A,
    M: FnMut(A, A) -> A,
    C: Copies<A, Original = A>,
{
    type Accumulator = Option<C::Original>;
    type Output = A;

    #[inline]
    fn open(&mut self, value: V) -> Option<A> {
        self.fold.open(value)
    }

    #[inline]
    fn add(&mut self, accumulator: &mut Option<A>, value: V) {
        self.fold.add(accumulator, value);
    }

    #[inline]
    fn merge(&mut self, target: &mut Option<A>, absorbed: Option<A>) {
        WindowFold::<V>::merge(&mut self.fold, target, absorbed);
    }

    fn close(&mut self, accumulator: Option<A>) -> A {
        WindowFold::<V>::close(&mut self.fold, accumulator)
    }
}

impl<A, V, B, F, M, C> PartialFold<V> for FoldShared<A, B, F, M, C>
where
    B: FnMut() -> A,
    F: FnMut(A, V) -> A,
    M: FnMut(A, A) -> A,
    C: Copies<A, Original = A>,
{
    #[inline]
    fn copy(&mut self, held: &Option<A>, _: impl Fn(&V) -> V) -> Option<A> {
        held.as_ref().map(|held| self.copies.copy(held))
    }
}

/// Makes copies.
#[doc(hidden)]
pub trait Copies<A> {
    /// An accumulator: of what is not `Clone`, nothing more is known.
    type Original;

    /// A copy.
    fn copy(&self, original: &A) -> A;
}

/// Makes copies of what is `Clone`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Clones;

impl<A: Clone> Copies<A> for Clones {
    type Original = A;

    #[inline]
    fn copy(&self, original: &A) -> A {
        original.clone()
    }
}

/// What windows share: an accumulator. Where it is not `Clone`, rustc knows of no `Copies`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`combine = true` puts windows together of copies of what is folded, which must be `Clone`, and `{Self}` \
               is not",
    label = "windows are to share what is folded here",
    note = "derive `Clone` for it, or leave out `combine`"
)]
pub trait IsShared<M>: Sized {
    /// What makes copies.
    type Copies: Copies<Self, Original = Self>;

    /// Gives that.
    fn copies() -> Self::Copies;
}

#[diagnostic::do_not_recommend]
impl<A: Clone> IsShared<Known> for A {
    type Copies = Clones;

    fn copies() -> Clones {
        Clones
    }
}

#[diagnostic::do_not_recommend]
impl<A: Never + Clone> IsShared<Unknown> for A {
    type Copies = Clones;

    fn copies() -> Clones {
        Clones
    }
}
