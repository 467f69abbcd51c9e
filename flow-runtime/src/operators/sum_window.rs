//! `sum_window(clock = …, windower = …, of = |value| …)`: a sum per window.

use std::fmt;
use std::ops::AddAssign;

use crate::key::Key;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;
use crate::windows::{
    Are, Clock, Combined, Folding, GoWith, Membership, PartialFold, WindowFold, Windower, combined,
};

impl<K: Key, V> KeyedStream<K, V> {
    /// Adds up a number of each value of each key and window, and gives the sum when the window closes.
    ///
    /// ```text
    /// let windows = keyed.sum_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     of = impl FnMut(&V) -> R,
    ///     ordered = bool,                                // left out: false
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, R::Sum)>   // R: Summand
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, R::Sum)>   // like `down`
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `of`: what is added up: `|value| …` gives a [`Summand`], such as a number.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// No sum of integers overflows: it is an `i128`, or a `u128` of unsigned ones, and a window would need 2⁶⁴ of the
    /// greatest 64-bit integers to fill that. The sum of `f32` and `f64` is an `f64`, made by plain addition. As that
    /// rounds, it may depend on the order of the values in its last digits: over sliding windows those of a slice are
    /// added up first, and then the slices. A [`Summand`] of your own says how wide its sums are.
    ///
    /// The ports are `down` (window id and sum), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(0, 7_i32), (4, 1), (12, 5)].map(|(second, km)| (start + TimeDelta::seconds(second), km));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let sums = by_car.sum_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = SlidingWindower(length = 10s, offset = 5s, align_to = start),
    ///         of = |(_, km)| *km,
    ///     );
    ///     sums.down.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (-1, 8_i128)), ("car", (0, 8)), ("car", (1, 5)), ("car", (2, 5))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up and one call of `of` per item; per key, a few words and one sum per open window. Over sliding
    /// windows it is one sum per slice instead, which an item is added to once, and a few additions for each window
    /// that closes. A key's watermark is kept for good, unless `forget_keys_after` says how long. Bytewax: none.
    ///
    /// # Errors
    /// What the windower cannot take, such as a `length` of zero, is refused: by the compiler where it is a
    /// literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    pub fn sum_window<R, C, W, F, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        of: F,
        options: N,
    ) -> Combined<K, V, C, W, SumInto<R::Of>, O, R, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        F: FnMut(&V) -> R,
        R: IsSummand<V, F, M>,
        N: Are<O>,
        O: GoWith<V, Folding<SumInto<R::Of>>, R, X>,
    {
        combined(self.step(), (clock, windower), SumInto { of: R::of(of) }, options, false)
    }
}

/// What can be added up: the integers of up to 64 bits, floats, and what you implement this for.
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{DateTime, TimeDelta};
/// use flow::operators::Summand;
/// use std::ops::AddAssign;
///
/// #[derive(Clone, Copy)]
/// struct Cents(i64);
///
/// #[derive(Clone, Default, Debug, PartialEq)]
/// struct Balance(i128);
///
/// impl AddAssign for Balance {
///     fn add_assign(&mut self, other: Balance) {
///         self.0 += other.0;
///     }
/// }
///
/// impl Summand for Cents {
///     type Sum = Balance;
///
///     fn widen(self) -> Balance {
///         Balance(self.0.into())
///     }
/// }
///
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let bookings = input(TestingSource::new([(1, Cents(500)), (3, Cents(-120)), (14, Cents(70))]));
///     let keyed = bookings.key_on(|_| "Ada");
///     let balances = keyed.sum_window(
///         clock = EventClock(|(day, _)| DateTime::UNIX_EPOCH + TimeDelta::days(*day), wait_for_system_duration = 0s),
///         windower = TumblingWindower(length = 7d, align_to = DateTime::UNIX_EPOCH),
///         of = |(_, cents)| *cents,
///     );
///     balances.down.output(sink);
/// };
/// flow.run()?;
/// assert_eq!(items.take(), [("Ada", (0, Balance(380))), ("Ada", (2, Balance(70)))]);
/// # Ok::<(), flow::Error>(())
/// ```
pub trait Summand {
    /// What many of them come to: wide enough that no sum overflows. Its `Default` is the sum of none.
    ///
    /// It must not matter in which groups sums are added up, as sliding windows add up slices first.
    type Sum: Clone + Default + AddAssign;

    /// Whether sums can be taken out of sums again, by [`subtract`](Summand::subtract), and leave exactly what is left:
    /// so of integers, and not of floats, which are rounded. Then sliding windows need fewer additions. Who says so has
    /// to write `subtract`.
    const INVERTIBLE: bool = false;

    /// The sum of this one alone.
    fn widen(self) -> Self::Sum;

    /// Takes out of a sum what was added to it. Asked for where sums are `INVERTIBLE`.
    fn subtract(_sum: &mut Self::Sum, _part: Self::Sum) {}
}

macro_rules! integers {
    ($sum:ty: $($number:ty),*) => {
        $(impl Summand for $number {
            type Sum = $sum;

            const INVERTIBLE: bool = true;

            #[allow(clippy::cast_lossless, reason = "no number of the size of a word is known to fit")]
            #[inline(always)]
            fn widen(self) -> $sum {
                self as $sum
            }

            #[inline(always)]
            fn subtract(sum: &mut $sum, part: $sum) {
                *sum -= part;
            }
        })*
    };
}

integers!(i128: i8, i16, i32, i64, isize);
integers!(u128: u8, u16, u32, u64, usize);

macro_rules! floats {
    ($($number:ty),*) => {
        $(impl Summand for $number {
            type Sum = f64;

            #[inline(always)]
            fn widen(self) -> f64 {
                self.into()
            }
        })*
    };
}

floats!(f32, f64);

/// What a window of `sum_window` holds.
pub struct SumInto<F> {
    of: F,
}

impl<V, R: Summand, F: FnMut(&V) -> R> WindowFold<V> for SumInto<F> {
    type Accumulator = R::Sum;
    type Output = R::Sum;

    #[inline]
    fn open(&mut self, value: V) -> R::Sum {
        (self.of)(&value).widen()
    }

    #[inline]
    fn add(&mut self, sum: &mut R::Sum, value: V) {
        *sum += (self.of)(&value).widen();
    }

    #[inline]
    fn merge(&mut self, target: &mut R::Sum, absorbed: R::Sum) {
        *target += absorbed;
    }

    fn close(&mut self, sum: R::Sum) -> R::Sum {
        sum
    }
}

impl<V, R: Summand, F: FnMut(&V) -> R> PartialFold<V> for SumInto<F> {
    const INVERTIBLE: bool = R::INVERTIBLE;

    #[inline]
    fn copy(&mut self, sum: &R::Sum, _: impl Fn(&V) -> V) -> R::Sum {
        sum.clone()
    }

    #[inline]
    fn subtract(&mut self, total: &mut R::Sum, part: R::Sum) {
        R::subtract(total, part);
    }
}

impl<F> fmt::Debug for SumInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SumInto")
    }
}

/// What the `of` of `sum_window` gives: something that can be added up. Where it cannot, rustc knows of no `Of`, and
/// says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`of` gives what is added up, and a `{Self}` cannot be",
    label = "the `of` of these windows gives a `{Self}`",
    note = "`of = |value| …` gives an integer of up to 64 bits, an `f32`, an `f64`, or what implements `Summand`"
)]
pub trait IsSummand<V, F, M> {
    /// The same type.
    type Number: Summand;
    /// The function.
    type Of: FnMut(&V) -> Self::Number;

    /// Gives the function.
    fn of(of: F) -> Self::Of;
}

#[diagnostic::do_not_recommend]
impl<V, R: Summand, F: FnMut(&V) -> R> IsSummand<V, F, Known> for R {
    type Number = R;
    type Of = F;

    fn of(of: F) -> F {
        of
    }
}

#[diagnostic::do_not_recommend]
impl<V, R: Never + Summand, F: FnMut(&V) -> R> IsSummand<V, F, Unknown> for R {
    type Number = R;
    type Of = F;

    fn of(of: F) -> F {
        of
    }
}
