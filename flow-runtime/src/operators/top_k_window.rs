//! `top_k_window(clock = …, windower = …, k = …, by = |value| …)`: the greatest values per window.

use std::cmp::Ordering;
use std::fmt;

use super::extreme::IsComparable;
use crate::key::Key;
use crate::list::List;
use crate::stream::KeyedStream;
use crate::windows::{
    Are, Clock, Combined, Folding, GoWith, Membership, PartialFold, WindowFold, Windower, combined,
};

impl<K: Key, V> KeyedStream<K, V> {
    /// Finds the `k` greatest values of each key and window, and gives them when the window closes: a
    /// [`List`], the greatest first, which is shorter where the window has had fewer.
    ///
    /// ```text
    /// let windows = keyed.top_k_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     k = usize,
    ///     by = impl FnMut(&V) -> O,
    ///     ordered = bool,                                // left out: false
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, List<V>)>
    /// windows.late:  KeyedStream<K, (WindowId, V)>
    /// windows.meta:  KeyedStream<K, (WindowId, WindowMetadata)>
    /// windows.early: KeyedStream<K, (WindowId, List<V>)>   // like `down`
    /// ```
    ///
    /// * `clock`: what time it is: an [`EventClock`](crate::windows::EventClock) or a
    ///   [`SystemClock`](crate::windows::SystemClock).
    /// * `windower`: which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    ///   [`SlidingWindower`](crate::windows::SlidingWindower), a
    ///   [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    /// * `k`: how many, a `usize`, at least 1.
    /// * `by`: what values are compared by: `|value| …` gives anything that is `PartialOrd`.
    /// * `ordered`: whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    ///   which is the default, they are taken as they arrive.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// Of equal values those that were taken first are given, and stand first. What does not compare with itself, such
    /// as `f64::NAN`, is less than all that does.
    ///
    /// The ports are `down` (window id and list), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)).
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{DateTime, TimeDelta, TimeZone, Utc};
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let trips = [(0, 7), (2, 1), (4, 9), (12, 5)].map(|(second, km)| (start + TimeDelta::seconds(second), km));
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let trips = input(TestingSource::new(trips));
    ///     let by_car = trips.key_on(|_| "car");
    ///     let longest = by_car.top_k_window(
    ///         clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
    ///         windower = TumblingWindower(length = 10s, align_to = start),
    ///         k = 2,
    ///         by = |(_, km)| *km,
    ///     );
    ///     longest
    ///         .down
    ///         .map_value(|(window, trips)| (window, trips.iter().map(|(_, km)| *km).collect::<Vec<_>>()))
    ///         .output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [("car", (0, vec![9, 7])), ("car", (1, vec![5]))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up, one call of `by`, and a search among `k` values per item; what stands behind the new one moves
    /// on. Per key, a few words and, for each open window, `k` values at most and what they are compared by. Over
    /// sliding windows it is these for each slice instead; a window that closes compares and clones a few times `k` values,
    /// and asks `by` for each of them again. A key's watermark is kept for good, unless `forget_keys_after` says how long. Bytewax: none.
    ///
    /// # Errors
    /// A `k` of zero, and what the windower cannot take, such as a `length` of zero, is refused: by the compiler where
    /// it is a literal, when the flow starts otherwise. A timestamp outside 1678–2261 ends the run.
    #[expect(clippy::type_complexity, reason = "the streams of the step, and the step")]
    pub fn top_k_window<R, C, W, F, G, M, N, O, Q, X>(
        self,
        clock: C,
        windower: W,
        k: usize,
        by: F,
        options: N,
    ) -> Combined<K, V, C, W, TopInto<G>, O, (R, V), X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        F: FnMut(&V) -> R,
        R: IsComparable<V, F, M, Rank = Q, By = G>,
        Q: PartialOrd,
        G: FnMut(&V) -> Q,
        N: Are<O>,
        O: GoWith<V, Folding<TopInto<G>>, (R, V), X>,
    {
        let content = TopInto { k, by: R::by(by), arrivals: 0 };
        combined(self.step(), (clock, windower), content, options, false)
    }
}

/// What a window of `top_k_window` holds.
pub struct TopInto<F> {
    k: usize,
    by: F,
    /// How many values have come, of all windows.
    arrivals: u64,
}

/// A value and what it is compared by.
#[derive(Clone, Debug)]
pub struct Ranked<V, R> {
    rank: R,
    /// Of equal values the first stand first, also where windows merge that know nothing of each other.
    arrival: u64,
    value: V,
}

impl<V, R: PartialOrd> Ranked<V, R> {
    /// Whether this one stands in front of `other`.
    fn leads(&self, other: &Self) -> bool {
        let order = self.rank.partial_cmp(&other.rank).unwrap_or_else(|| {
            let is_known = |ranked: &Self| ranked.rank.partial_cmp(&ranked.rank).is_some();
            is_known(self).cmp(&is_known(other))
        });
        match order {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => self.arrival < other.arrival,
        }
    }
}

impl<F> TopInto<F> {
    fn ranked<V, R>(&mut self, value: V) -> Ranked<V, R>
    where
        F: FnMut(&V) -> R,
    {
        self.arrivals += 1;
        Ranked { rank: (self.by)(&value), arrival: self.arrivals, value }
    }

    /// Puts a value where it belongs, if it is among the first.
    fn put<V, R: PartialOrd>(&self, top: &mut List<Ranked<V, R>>, ranked: Ranked<V, R>) {
        if top.len() == self.k {
            match top.last() {
                Some(last) if ranked.leads(last) => drop(top.pop()),
                _ => return,
            }
        }
        let place = top.partition_point(|earlier| earlier.leads(&ranked));
        top.insert(place, ranked);
    }
}

impl<V, R: PartialOrd, F: FnMut(&V) -> R> WindowFold<V> for TopInto<F> {
    /// The greatest first.
    type Accumulator = List<Ranked<V, R>>;
    type Output = List<V>;

    fn check(&self) -> Result<(), String> {
        if self.k == 0 { Err("`k` must be at least 1".to_owned()) } else { Ok(()) }
    }

    fn open(&mut self, value: V) -> List<Ranked<V, R>> {
        let ranked = self.ranked(value);
        let mut top = List::new();
        top.push(ranked);
        top
    }

    #[inline]
    fn add(&mut self, top: &mut List<Ranked<V, R>>, value: V) {
        let ranked = self.ranked(value);
        self.put(top, ranked);
    }

    fn merge(&mut self, target: &mut List<Ranked<V, R>>, absorbed: List<Ranked<V, R>>) {
        absorbed.into_iter().for_each(|ranked| self.put(target, ranked));
    }

    fn close(&mut self, top: List<Ranked<V, R>>) -> List<V> {
        let mut values = List::new();
        top.into_iter().for_each(|ranked| values.push(ranked.value));
        values
    }
}

impl<V, R: PartialOrd, F: FnMut(&V) -> R> PartialFold<V> for TopInto<F> {
    fn copy(&mut self, top: &List<Ranked<V, R>>, clone: impl Fn(&V) -> V) -> List<Ranked<V, R>> {
        let mut copy = List::new();
        for Ranked { value, arrival, .. } in top {
            copy.push(Ranked { rank: (self.by)(value), arrival: *arrival, value: clone(value) });
        }
        copy
    }
}

impl<F> fmt::Debug for TopInto<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopInto").field("k", &self.k).finish_non_exhaustive()
    }
}
