//! `collect_window(clock = …, windower = …)`: lists of a key's values, one per window.

use std::collections::{BTreeMap, BTreeSet};

use crate::key::Key;
use crate::known::{Known, Never, Unknown};
use crate::list::List;
use crate::stream::KeyedStream;
use crate::windows::{Are, Clock, Folding, GoWith, Membership, WindowFold, Windowed, Windower, windowed};

impl<K: Key, V> KeyedStream<K, V> {
    /// Gathers the values of each key and window into a list, and gives it when the window closes.
    ///
    /// ```text
    /// let windows = keyed.collect_window(
    ///     clock = impl Clock<V>,
    ///     windower = impl Windower,
    ///     into = list | set | map,                       // left out: list
    ///     ordered = bool,                                // left out: true
    ///     bounds = true | false,                         // left out: false; true: WindowBounds, not WindowId
    ///     late_when = watermark_passed | window_closed,  // left out: watermark_passed
    ///     forget_keys_after = TimeDelta,                 // left out: never
    ///     early = usize | TimeDelta,                     // left out: no stream `early`
    /// );
    /// windows.down:  KeyedStream<K, (WindowId, List<V>)>   // or BTreeSet<V>, or BTreeMap of pairs
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
    /// * `into`: `list`, which is the default, and gives a [`List`]; `set`, which gives a [`BTreeSet`] of values that
    ///   are `Ord`; or `map`, which gives a [`BTreeMap`] made of values that are pairs. Of pairs of the same key the
    ///   last is kept, and when sessions merge, those of the later one.
    /// * `ordered`: whether a list is in order of time; otherwise it is in order of arrival.
    /// * `bounds`, `late_when`, `forget_keys_after` and `early`: see [the options of windows](crate::windows).
    ///
    /// The ports are `down` (window id and list), `late` (window id and value) and `meta` (window id and
    /// [`WindowMetadata`](crate::windows::WindowMetadata)). With `ordered = true`, the default, items
    /// wait until the watermark reaches them and the list is in order of time.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
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
    pub fn collect_window<I, C, W, J, M, N, O, X>(
        self,
        clock: C,
        windower: W,
        into: J,
        options: N,
    ) -> Windowed<K, V, C, W, Folding<I::Gathering>, O, V, X>
    where
        C: Clock<V>,
        W: Windower<Membership: Membership<V>>,
        J: Are<I>,
        I: Gathers<V, M>,
        N: Are<O>,
        O: GoWith<V, Folding<I::Gathering>, V, X>,
    {
        windowed(self.step(), (clock, windower), Folding(into.these().gathering()), options, true)
    }
}

/// `into = list`: a window holds its values in a list.
#[derive(Clone, Copy, Debug)]
pub struct IntoList;

/// `into = set`: a window holds its values in a set, each once.
#[derive(Clone, Copy, Debug)]
pub struct IntoSet;

/// `into = map`: a window holds its values, which are pairs, in a map.
#[derive(Clone, Copy, Debug)]
pub struct IntoMap;

/// What `into = …` makes of values. Where it cannot, rustc knows of no `Gathering`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "values of type `{V}` cannot be gathered this way",
    label = "this gathers values of type `{V}`",
    note = "`into = set` takes values that are `Ord`, and `into = map` pairs of which the first is `Ord`"
)]
pub trait Gathers<V, M> {
    /// What windows hold.
    type Gathering: WindowFold<V>;

    /// Gives that.
    fn gathering(self) -> Self::Gathering;
}

#[diagnostic::do_not_recommend]
impl<V> Gathers<V, Known> for IntoList {
    type Gathering = Self;

    fn gathering(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V: Ord> Gathers<V, Known> for IntoSet {
    type Gathering = Self;

    fn gathering(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V: Never + Ord> Gathers<V, Unknown> for IntoSet {
    type Gathering = Self;

    fn gathering(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A: Ord, B> Gathers<(A, B), Known> for IntoMap {
    type Gathering = Self;

    fn gathering(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A: Never + Ord, B> Gathers<(A, B), Unknown> for IntoMap {
    type Gathering = Self;

    fn gathering(self) -> Self {
        self
    }
}

impl<V: Ord> WindowFold<V> for IntoSet {
    type Accumulator = BTreeSet<V>;
    type Output = BTreeSet<V>;

    fn open(&mut self, value: V) -> BTreeSet<V> {
        BTreeSet::from([value])
    }

    fn add(&mut self, set: &mut BTreeSet<V>, value: V) {
        // Of equal values the first stays, as it does among those of a window that is merged into this one.
        if !set.contains(&value) {
            set.insert(value);
        }
    }

    fn merge(&mut self, target: &mut BTreeSet<V>, absorbed: BTreeSet<V>) {
        for value in absorbed {
            self.add(target, value);
        }
    }

    fn close(&mut self, set: BTreeSet<V>) -> BTreeSet<V> {
        set
    }
}

impl<A: Ord, B> WindowFold<(A, B)> for IntoMap {
    type Accumulator = BTreeMap<A, B>;
    type Output = BTreeMap<A, B>;

    fn open(&mut self, pair: (A, B)) -> BTreeMap<A, B> {
        BTreeMap::from([pair])
    }

    fn add(&mut self, map: &mut BTreeMap<A, B>, (key, value): (A, B)) {
        map.insert(key, value);
    }

    fn merge(&mut self, target: &mut BTreeMap<A, B>, absorbed: BTreeMap<A, B>) {
        target.extend(absorbed);
    }

    fn close(&mut self, map: BTreeMap<A, B>) -> BTreeMap<A, B> {
        map
    }
}

impl<V> WindowFold<V> for IntoList {
    type Accumulator = List<V>;
    type Output = List<V>;

    fn open(&mut self, value: V) -> List<V> {
        let mut list = List::new();
        list.push(value);
        list
    }

    #[inline(always)]
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
