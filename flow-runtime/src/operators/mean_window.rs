//! `mean_window(clock = …, windower = …, of = |value| …)`: an arithmetic mean per window.

use std::fmt;

use super::Summand;
use crate::key::Key;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::windows::{
    Are, Clock, Combined, Folding, GoWith, Membership, PartialFold, WindowFold, Windower, combined,
};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gives the arithmetic mean of a number of each value of each key and window, an `f64`, when the window closes.
    ///
    /// ```text
    /// let windows = keyed.mean_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     of = impl FnMut(&V) -> R,
    ///     ordered = bool,                                // left out: false
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, f64)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, f64)>   // like `down`
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `of`: what the mean is of: `|value| …` gives an integer of up to 64 bits, an `f32` or an `f64`.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// The mean is the sum of the numbers, as [`sum_window`](Self::sum_window) makes it, divided by how many there are.
    /// The sum of integers is exact, and is rounded once, before it is divided. That of floats is made by plain
    /// addition, whose rounding may depend on the order of the values, and which goes to infinity beyond `f64::MAX`.
    ///
    /// The ports are `down` (window id and mean), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(0, 7), (4, 2), (12, 5)].map(|(second, km)| (start + TimeDelta::seconds(second), km));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let means = by_car.mean_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         of = |(_, km)| *km,
    ///     );
    ///     means.down.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, 4.5)), ("car", (1, 5.0))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up and one call of `of` per item; per key, a few words, and a sum and a number for each open
    /// window. Over sliding windows it is these for each slice instead, which an item goes into once, and a few
    /// additions for each window that closes. A key's watermark is kept for good, unless `forget_keys_after` says how
    /// long. Bytewax: none.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn mean_window<R, C, W, F, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        of: F,
        options: N,
    ) -> Combined<K, V, C, W, MeanInto<R::Of>, O, R, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        F: FnMut(&V) -> R,
        R: IsNumber<V, F, M>,
        N: Are<O>,
        O: GoWith<V, Folding<MeanInto<R::Of>>, R, X>,
    {
        combined(self.step(), (clock, windower), MeanInto { of: R::of(of) }, options, false)
    }
}

/// What a window of `mean_window` holds.
pub struct MeanInto<F> {
    of: F,
}

impl<V, R: Summand<Sum: Divide>, F: FnMut(&V) -> R> WindowFold<V> for MeanInto<F> {
    /// The sum of how many numbers.
    type Accumulator = (R::Sum, u64);
    type Output = f64;

    #[inline]
    fn open(&mut self, value: V) -> (R::Sum, u64) {
        ((self.of)(&value).widen(), 1)
    }

    #[inline]
    fn add(&mut self, (sum, count): &mut (R::Sum, u64), value: V) {
        *sum += (self.of)(&value).widen();
        *count += 1;
    }

    #[inline]
    fn merge(&mut self, (sum, count): &mut (R::Sum, u64), (absorbed, further): (R::Sum, u64)) {
        *sum += absorbed;
        *count += further;
    }

    fn close(&mut self, (sum, count): (R::Sum, u64)) -> f64 {
        sum.divide(count)
    }
}

impl<V, R: Summand<Sum: Divide>, F: FnMut(&V) -> R> PartialFold<V> for MeanInto<F> {
    const INVERTIBLE: bool = R::INVERTIBLE;

    #[inline]
    fn copy(&mut self, part: &(R::Sum, u64), _: impl Fn(&V) -> V) -> (R::Sum, u64) {
        part.clone()
    }

    #[inline]
    fn subtract(&mut self, (sum, count): &mut (R::Sum, u64), (part, fewer): (R::Sum, u64)) {
        R::subtract(sum, part);
        *count -= fewer;
    }
}

impl<F> fmt::Debug for MeanInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MeanInto")
    }
}

/// A sum that a mean can be made of.
#[doc(hidden)]
pub trait Divide {
    /// The sum by so many.
    fn divide(self, count: u64) -> f64;
}

macro_rules! divide {
    ($($sum:ty),*) => {
        $(impl Divide for $sum {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "a mean is rounded")]
            fn divide(self, count: u64) -> f64 {
                self as f64 / count as f64
            }
        })*
    };
}

divide!(i128, u128, f64);

/// What the `of` of `mean_window` gives: a number. Where it is none, rustc knows of no `Of`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`of` gives the number whose mean is asked for, and a `{Self}` is none",
    label = "the `of` of these windows gives a `{Self}`",
    note = "`of = |value| …` gives an integer of up to 64 bits, an `f32` or an `f64`"
)]
pub trait IsNumber<V, F, M> {
    /// The same type.
    type Number: Summand<Sum: Divide>;
    /// The function.
    type Of: FnMut(&V) -> Self::Number;

    /// Gives the function.
    fn of(of: F) -> Self::Of;
}

#[diagnostic::do_not_recommend]
impl<V, R: Summand<Sum: Divide>, F: FnMut(&V) -> R> IsNumber<V, F, Known> for R {
    type Number = R;
    type Of = F;

    fn of(of: F) -> F {
        of
    }
}

#[diagnostic::do_not_recommend]
impl<V, R: Never + Summand<Sum: Divide>, F: FnMut(&V) -> R> IsNumber<V, F, Unknown> for R {
    type Number = R;
    type Of = F;

    fn of(of: F) -> F {
        of
    }
}
