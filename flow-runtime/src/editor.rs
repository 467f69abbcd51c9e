//! What an editor shows of the names of arguments and of the words that begin a chain: the compiler sees none of this.
//! Written by tests/operator_pages.rs out of the documentation of the operators.

#![allow(non_camel_case_types, reason = "an operator is named as in a block")]

/// An argument: its documentation says of which type.
#[derive(Debug)]
pub struct Argument;

/// What begins a chain.
#[derive(Debug)]
pub struct Heads;

/// A value of any type, which nobody asks for.
pub fn any<T>() -> T {
    unreachable!("only an editor sees this")
}

impl Heads {
    /// The items of `source`, in the order in which it gives them. A flow may have several inputs. Types of
    /// your own that implement [`Source`] or [`PartitionedSource`](crate::sources::PartitionedSource) are
    /// sources.
    ///
    /// ```text
    /// let items: Stream<T> = input(source = impl Source<Item = T>);
    /// ```
    pub fn input(self, _source: Argument) {}

    /// Puts the values that two streams or more have under one key side by side, in a row: a tuple with a value of
    /// each stream, in the order in which the streams are written. There may be twelve.
    ///
    /// ```text
    /// let rows = join(                              // of KeyedStream<K, A>, KeyedStream<K, B>, …
    ///     left,
    ///     right,
    ///     insert_mode = first | last | product,         // left out: last
    ///     emit_mode = complete | final | running,       // left out: complete
    /// );
    /// rows: KeyedStream<K, (A, B)>                      // with `complete`
    /// rows: KeyedStream<K, (Option<A>, Option<B>)>      // with `final` and `running`
    /// ```
    pub fn join(self, _a: Argument, _b: Argument) {}

    /// Pairs each value of the first stream with those of the second that have the same key and are near in time:
    /// at most `before` earlier, and at most `after` later. Both limits belong to the interval.
    ///
    /// ```text
    /// let pairs = join_interval(   // left: KeyedStream<K, A>, right: KeyedStream<K, B>
    ///     left,
    ///     right,
    ///     clock = impl Clock<Side2<A, B>>,
    ///     before = TimeDelta,
    ///     after = TimeDelta,
    /// );
    /// pairs.down: KeyedStream<K, (A, B)>
    /// pairs.late: KeyedStream<K, Side2<A, B>>
    /// ```
    pub fn join_interval(self, _a: Argument, _b: Argument) {}

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
    pub fn join_window(self, _a: Argument, _b: Argument) {}

    /// Gives the items of all the streams, in the order in which they arrive.
    ///
    /// ```text
    /// let all: Stream<T> = merge(a, b, …);           // each of Stream<T>
    /// let all: KeyedStream<K, V> = merge(a, b, …);   // each of KeyedStream<K, V>
    /// ```
    pub fn merge(self, _a: Argument, _b: Argument) {}
}

/// Clocks and windowers.
#[allow(non_snake_case)]
pub mod constructors {
    use super::Argument;

    /// Windows of so many items of a key: window `i` holds the items `i · offset` to `i · offset + length − 1`, counted from
    /// 0 in the order in which the step takes them, which with `ordered = true` is that of time. Without an `offset` it is
    /// as large as the `length`, and an item belongs to one window; with an `offset` it belongs to several, and each has a
    /// clone of it. Both are `u64`.
    ///
    /// ```text
    /// CountWindower(
    ///     length = u64,
    ///     offset = u64,  // left out: as large as `length`
    /// )
    /// ```
    pub fn CountWindower(_length: Argument, _offset: Argument) {}

    /// Time as the items tell it: the watermark of a key is the latest timestamp it has seen, less
    /// `wait_for_system_duration`, and moves on with the system clock while no item comes.
    ///
    /// ```text
    /// EventClock(
    ///     ts_getter = impl FnMut(&V) -> DateTime<Utc>,  // or Timestamp; in a join one for each stream
    ///     wait_for_system_duration = TimeDelta,
    /// )
    /// ```
    pub fn EventClock(_ts_getter: Argument, _wait_for_system_duration: Argument) {}

    /// Windows that last as long as items keep coming: an item that is no farther than `gap` from a session
    /// belongs to it and stretches it, any other begins a session of its own. A session closes when the watermark
    /// is more than `gap` behind its last item.
    ///
    /// ```text
    /// SessionWindower(gap = TimeDelta)
    /// ```
    pub fn SessionWindower(_gap: Argument) {}

    /// Windows of one length that overlap: window `i` is `[align_to + i · offset, align_to + i · offset + length)`,
    /// and closes when the watermark reaches its end. An item belongs to each window that its time is in, and each
    /// has a clone of it.
    ///
    /// ```text
    /// SlidingWindower(
    ///     length = TimeDelta,
    ///     offset = TimeDelta,
    ///     align_to = DateTime<Utc>,
    /// )
    /// ```
    pub fn SlidingWindower(_length: Argument, _offset: Argument, _align_to: Argument) {}

    /// Time as the system tells it: an item's time is that at which it comes, and the watermark is the same for
    /// all keys. No item is late, and a window closes when its time is over on the system clock.
    ///
    /// ```text
    /// SystemClock()
    /// ```
    pub fn SystemClock() {}

    /// Windows of one length, one behind the other: window `i` is
    /// `[align_to + i · length, align_to + (i + 1) · length)`, and closes when the watermark reaches its end.
    ///
    /// ```text
    /// TumblingWindower(
    ///     length = TimeDelta,
    ///     align_to = DateTime<Utc>,
    /// )
    /// ```
    pub fn TumblingWindower(_length: Argument, _align_to: Argument) {}
}

/// The words that arguments may be.
#[allow(non_upper_case_globals)]
pub mod words {
    /// The words that `emit_mode` may be.
    pub mod emit_mode {
        use super::super::Argument;

        /// `emit_mode = complete | final | running`, left out: complete
        ///
        /// When rows are given. It is `complete` where it is left out.
        /// * `complete`: when every stream has a value. Then all values of the key are forgotten. A row is a tuple of
        ///   plain values.
        /// * `final`: at the end of input. A row is a tuple of `Option`s: a stream without a value has `None`.
        /// * `running`: behind every value, whether or not it is kept. A row is a tuple of `Option`s, and nothing is
        ///   forgotten.
        pub const complete: Argument = Argument;

        /// `emit_mode = complete | final | running`, left out: complete
        ///
        /// When rows are given. It is `complete` where it is left out.
        /// * `complete`: when every stream has a value. Then all values of the key are forgotten. A row is a tuple of
        ///   plain values.
        /// * `final`: at the end of input. A row is a tuple of `Option`s: a stream without a value has `None`.
        /// * `running`: behind every value, whether or not it is kept. A row is a tuple of `Option`s, and nothing is
        ///   forgotten.
        pub const r#final: Argument = Argument;

        /// `emit_mode = complete | final | running`, left out: complete
        ///
        /// When rows are given. It is `complete` where it is left out.
        /// * `complete`: when every stream has a value. Then all values of the key are forgotten. A row is a tuple of
        ///   plain values.
        /// * `final`: at the end of input. A row is a tuple of `Option`s: a stream without a value has `None`.
        /// * `running`: behind every value, whether or not it is kept. A row is a tuple of `Option`s, and nothing is
        ///   forgotten.
        pub const running: Argument = Argument;
    }

    /// The words that `insert_mode` may be.
    pub mod insert_mode {
        use super::super::Argument;

        /// `insert_mode = first | last | product`, left out: last
        ///
        /// Which values of a stream are kept: `first`, the `last`, or all of them, `product`. It is
        /// `last` where it is left out.
        pub const first: Argument = Argument;

        /// `insert_mode = first | last | product`, left out: last
        ///
        /// Which values of a stream are kept: `first`, the `last`, or all of them, `product`. It is
        /// `last` where it is left out.
        pub const last: Argument = Argument;

        /// `insert_mode = first | last | product`, left out: last
        ///
        /// Which values of a stream are kept: `first`, the `last`, or all of them, `product`. It is
        /// `last` where it is left out.
        pub const product: Argument = Argument;
    }

    /// The words that `into` may be.
    pub mod into {
        use super::super::Argument;

        /// `into = list | set | map`, left out: list
        ///
        /// `list`, which is the default, and gives a [`List`]; `set`, which gives a [`BTreeSet`] of values that
        /// are `Ord`; or `map`, which gives a [`BTreeMap`] made of values that are pairs. Of pairs of the same key the
        /// last is kept, and when sessions merge, those of the later one.
        pub const list: Argument = Argument;

        /// `into = list | set | map`, left out: list
        ///
        /// `list`, which is the default, and gives a [`List`]; `set`, which gives a [`BTreeSet`] of values that
        /// are `Ord`; or `map`, which gives a [`BTreeMap`] made of values that are pairs. Of pairs of the same key the
        /// last is kept, and when sessions merge, those of the later one.
        pub const set: Argument = Argument;

        /// `into = list | set | map`, left out: list
        ///
        /// `list`, which is the default, and gives a [`List`]; `set`, which gives a [`BTreeSet`] of values that
        /// are `Ord`; or `map`, which gives a [`BTreeMap`] made of values that are pairs. Of pairs of the same key the
        /// last is kept, and when sessions merge, those of the later one.
        pub const map: Argument = Argument;
    }

    /// The words that `late_when` may be.
    pub mod late_when {
        use super::super::Argument;

        /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
        ///
        /// Which items are late.
        ///
        /// See [the options of windows](crate::windows).
        pub const watermark_passed: Argument = Argument;

        /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
        ///
        /// Which items are late.
        ///
        /// See [the options of windows](crate::windows).
        pub const window_closed: Argument = Argument;
    }
}

/// The arguments of `branch`.
#[derive(Debug)]
pub struct branch {
    /// `predicate = impl FnMut(&T) -> bool`
    ///
    /// Parts the items: those for which `predicate` holds, and the others. Both streams keep the order.
    pub predicate: Argument,
}

/// The arguments of `collect`.
#[derive(Debug)]
pub struct collect {
    /// `max_size = usize`
    ///
    /// How many items make a list full; at least one.
    pub max_size: Argument,
    /// `idle_timeout = TimeDelta`, left out: as long as there is
    ///
    /// How long an item waits for another; more than zero.
    pub idle_timeout: Argument,
    /// `timeout = TimeDelta`, left out, beside `idle_timeout`: as long as there is
    ///
    /// How long an item waits at most; more than zero.
    pub timeout: Argument,
}

/// The arguments of `collect_window`.
#[derive(Debug)]
pub struct collect_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `into = list | set | map`, left out: list
    ///
    /// `list`, which is the default, and gives a [`List`]; `set`, which gives a [`BTreeSet`] of values that
    /// are `Ord`; or `map`, which gives a [`BTreeMap`] made of values that are pairs. Of pairs of the same key the
    /// last is kept, and when sessions merge, those of the later one.
    pub into: Argument,
    /// `ordered = bool`, left out: true
    ///
    /// Whether a list is in order of time; otherwise it is in order of arrival.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `count_final`.
#[derive(Debug)]
pub struct count_final {
    /// `key = impl FnMut(T) -> L`
    ///
    /// Counts the items by the key that `key` makes of each, and gives each key with its count when the input ends.
    /// Keys go in the order in which their first items came.
    pub key: Argument,
}

/// The arguments of `count_window`.
#[derive(Debug)]
pub struct count_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `CountWindower`.
#[derive(Debug)]
pub struct CountWindower {
    /// `length = u64`
    ///
    /// Windows of so many items of a key: window `i` holds the items `i · offset` to `i · offset + length − 1`,
    /// counted from 0 in the order in which the step takes them, which with `ordered = true` is that of time. Without
    /// an `offset` it is as large as the `length`, and an item belongs to one window; with an `offset` it belongs to
    /// several, and each has a clone of it. Both are `u64`.
    pub length: Argument,
    /// `offset = u64`, left out: as large as `length`
    ///
    /// Windows of so many items of a key: window `i` holds the items `i · offset` to `i · offset + length − 1`,
    /// counted from 0 in the order in which the step takes them, which with `ordered = true` is that of time. Without
    /// an `offset` it is as large as the `length`, and an item belongs to one window; with an `offset` it belongs to
    /// several, and each has a clone of it. Both are `u64`.
    pub offset: Argument,
}

/// The arguments of `dedup`.
#[derive(Debug)]
pub struct dedup {
    /// `within = TimeDelta`, left out: as long as there is
    ///
    /// For how long a value that was let through keeps its equals back, in system time; more than
    /// zero. It counts from the one that was let through, so that of a value that keeps coming one goes through
    /// every so often.
    pub within: Argument,
    /// `by = impl FnMut(&V) -> O`, left out: the value itself
    ///
    /// Lets each value through unless an equal one has been let through under the same key.
    pub by: Argument,
}

/// The arguments of `enrich_cached`.
#[derive(Debug)]
pub struct enrich_cached {
    /// `getter = impl FnMut(&D) -> E`
    ///
    /// Looks a key up, as in `|id: &u32| …`. Its parameter is the only one in a block whose type has to
    /// be written, unless the closure's own code shows it: nothing in front of it says what the keys are.
    pub getter: Argument,
    /// `mapper = impl FnMut(&mut TtlCache<D, E, _>, T) -> U`
    ///
    /// `|cache, item| …`, with `cache.get(&key)` for what belongs to a key.
    pub mapper: Argument,
    /// `max_size = usize`, left out: no limit
    ///
    /// How many answers are remembered at most. Without it there is **no limit**: the cache
    /// grows with the keys. Where it is full the oldest answer goes.
    pub max_size: Argument,
    /// `ttl = TimeDelta`, left out: as long as there is
    ///
    /// For how long an answer is used. One that is older than that is asked for anew; without `ttl`,
    /// none ever is.
    pub ttl: Argument,
}

/// The arguments of `EventClock`.
#[derive(Debug)]
pub struct EventClock {
    /// `ts_getter = impl FnMut(&V) -> DateTime<Utc>`
    ///
    /// Time as the items tell it: the watermark of a key is the latest timestamp it has seen, less
    /// `wait_for_system_duration`, and moves on with the system clock while no item comes.
    pub ts_getter: Argument,
    /// `wait_for_system_duration = TimeDelta`
    ///
    /// Time as the items tell it: the watermark of a key is the latest timestamp it has seen, less
    /// `wait_for_system_duration`, and moves on with the system clock while no item comes.
    pub wait_for_system_duration: Argument,
}

/// The arguments of `filter`.
#[derive(Debug)]
pub struct filter {
    /// `predicate = impl FnMut(&T) -> bool`
    ///
    /// Lets the items through for which `predicate` holds.
    pub predicate: Argument,
}

/// The arguments of `filter_map`.
#[derive(Debug)]
pub struct filter_map {
    /// `mapper = impl FnMut(T) -> Option<U>`
    ///
    /// Gives what `mapper` makes of an item where that is `Some`.
    pub mapper: Argument,
}

/// The arguments of `filter_map_value`.
#[derive(Debug)]
pub struct filter_map_value {
    /// `mapper = impl FnMut(V) -> Option<W>`
    ///
    /// Gives the key with what `mapper` makes of its value where that is `Some`.
    pub mapper: Argument,
}

/// The arguments of `filter_value`.
#[derive(Debug)]
pub struct filter_value {
    /// `predicate = impl FnMut(&V) -> bool`
    ///
    /// Lets the pairs through for whose value `predicate` holds.
    pub predicate: Argument,
}

/// The arguments of `flat_map`.
#[derive(Debug)]
pub struct flat_map {
    /// `mapper = impl FnMut(T) -> impl IntoIterator<Item = U>`
    ///
    /// Gives every item of what `mapper` makes of an item, in order.
    pub mapper: Argument,
}

/// The arguments of `flat_map_batch`.
#[derive(Debug)]
pub struct flat_map_batch {
    /// `mapper = impl FnMut(List<T>) -> I`
    ///
    /// Gives every item of what `mapper` makes of all items that come here in an activation, in order. For what is
    /// done better for many items at once, such as a request to a service.
    pub mapper: Argument,
}

/// The arguments of `flat_map_value`.
#[derive(Debug)]
pub struct flat_map_value {
    /// `mapper = impl FnMut(V) -> impl IntoIterator<Item = W>`
    ///
    /// Gives the key with every item of what `mapper` makes of its value, in order.
    pub mapper: Argument,
}

/// The arguments of `fold_final`.
#[derive(Debug)]
pub struct fold_final {
    /// `builder = impl FnMut() -> A`
    ///
    /// Makes a new key's accumulator.
    pub builder: Argument,
    /// `folder = impl FnMut(A, V) -> A`
    ///
    /// Takes a value in: `|accumulator, value| …` gives the new accumulator.
    pub folder: Argument,
}

/// The arguments of `fold_window`.
#[derive(Debug)]
pub struct fold_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `builder = impl FnMut() -> A`
    ///
    /// Makes a new window's accumulator.
    pub builder: Argument,
    /// `folder = impl FnMut(A, V) -> A`
    ///
    /// Takes a value in: `|accumulator, value| …` gives the new accumulator.
    pub folder: Argument,
    /// `merger = impl FnMut(A, A) -> A`
    ///
    /// Makes one accumulator of two when windows merge: `|target, absorbed| …`.
    pub merger: Argument,
    /// `combine = true | false`, left out: false
    ///
    /// Says that it does not matter in which groups values are folded: `merger` is associative, and
    /// folding values one by one gives what `merger` makes of the folds of parts of them, in their order. Sliding
    /// windows then fold each slice once, and put what they hold together when they close, instead of folding each
    /// value into each window that it belongs to; what the builder makes must be `Clone`. Slices are put together in
    /// the order of time: where values are taken as they arrive, their order must not matter either. With `early`,
    /// and with windows that do not overlap, it changes nothing, and nor does `combine = false`.
    pub combine: Argument,
    /// `ordered = bool`, left out: true
    ///
    /// Whether values are folded in order of time; otherwise as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `input`.
#[derive(Debug)]
pub struct input {
    /// `source = impl Source<Item = T>`
    ///
    /// The items of `source`, in the order in which it gives them. A flow may have several inputs. Types of your own
    /// that implement [`Source`] or [`PartitionedSource`](crate::sources::PartitionedSource) are sources.
    pub source: Argument,
}

/// The arguments of `inspect`.
#[derive(Debug)]
pub struct inspect {
    /// `inspector = impl FnMut(&T)`
    ///
    /// Shows each item to `inspector`, and lets it through.
    pub inspector: Argument,
}

/// The arguments of `inspect_debug`.
#[derive(Debug)]
pub struct inspect_debug {
    /// `inspector = impl FnMut(&str, &T, u64, usize)`, left out: prints, for which T: Debug
    ///
    /// Prints each item to standard error, and lets it through: `flow.step W0 @1: item`, with the number of the
    /// worker behind the `W` and that of the activation behind the `@`.
    pub inspector: Argument,
}

/// The arguments of `join`.
#[derive(Debug)]
pub struct join {
    /// `insert_mode = first | last | product`, left out: last
    ///
    /// Which values of a stream are kept: `first`, the `last`, or all of them, `product`. It is
    /// `last` where it is left out.
    pub insert_mode: Argument,
    /// `emit_mode = complete | final | running`, left out: complete
    ///
    /// When rows are given. It is `complete` where it is left out.
    /// * `complete`: when every stream has a value. Then all values of the key are forgotten. A row is a tuple of
    ///   plain values.
    /// * `final`: at the end of input. A row is a tuple of `Option`s: a stream without a value has `None`.
    /// * `running`: behind every value, whether or not it is kept. A row is a tuple of `Option`s, and nothing is
    ///   forgotten.
    pub emit_mode: Argument,
}

/// The arguments of `join_interval`.
#[derive(Debug)]
pub struct join_interval {
    /// `clock = impl Clock<Side2<A, B>>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock), with a closure for each of the two
    /// streams that finds the time of its values, or a [`SystemClock`](crate::windows::SystemClock). Both streams
    /// of a key share one clock.
    pub clock: Argument,
    /// `before = TimeDelta`
    ///
    /// How much earlier the second value may be; zero or more.
    pub before: Argument,
    /// `after = TimeDelta`
    ///
    /// How much later the second value may be; zero or more.
    pub after: Argument,
}

/// The arguments of `join_window`.
#[derive(Debug)]
pub struct join_window {
    /// `clock = impl Clock<Side2<A, B>>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock), with a closure for each stream that
    /// finds the time of its values, or a [`SystemClock`](crate::windows::SystemClock). All streams of a key share
    /// one clock.
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `insert_mode = first | last | product`, left out: last
    ///
    /// Which values of a stream a window keeps: `first`, the `last`, or all of them, `product`. It is
    /// `last` where it is left out. Where windows merge, `first` keeps the earlier window's value and `last` the
    /// later's.
    pub insert_mode: Argument,
    /// `emit_mode = complete | final | running`, left out: final
    ///
    /// When rows are given. It is `final` where it is left out.
    /// * `complete`: when every stream has a value in the window. Then its values are forgotten, and the window
    ///   stays open for others. A row is a tuple of plain values.
    /// * `final`: when the window closes. A row is a tuple of `Option`s: a stream without a value has `None`.
    /// * `running`: behind every value, and when windows merge. A row is a tuple of `Option`s.
    pub emit_mode: Argument,
    /// `ordered = bool`, left out: true
    ///
    /// Whether values are taken in order of time, which is so where it is left out; otherwise as they
    /// arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
}

/// The arguments of `key_on`.
#[derive(Debug)]
pub struct key_on {
    /// `key = impl FnMut(&T) -> L`
    ///
    /// Gives each item the key that `key` finds for it. Keys are of any type that is `Eq + Hash + Clone`.
    pub key: Argument,
}

/// The arguments of `map`.
#[derive(Debug)]
pub struct map {
    /// `mapper = impl FnMut(T) -> U`
    ///
    /// Gives what `mapper` makes of each item.
    pub mapper: Argument,
}

/// The arguments of `map_value`.
#[derive(Debug)]
pub struct map_value {
    /// `mapper = impl FnMut(V) -> W`
    ///
    /// Gives the key with what `mapper` makes of its value.
    pub mapper: Argument,
}

/// The arguments of `max_final`.
#[derive(Debug)]
pub struct max_final {
    /// `by = impl FnMut(&V) -> O`, left out: the value itself
    ///
    /// Gives each key with the largest of its values when the input ends. Keys go in the order in which their first
    /// items came. Of values that are equal, and of such that cannot be compared, as `NaN` with a number, the earlier
    /// stays.
    pub by: Argument,
}

/// The arguments of `max_window`.
#[derive(Debug)]
pub struct max_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `by = impl FnMut(&V) -> O`, left out: the value itself
    ///
    /// What values are compared by: `|value| …` gives anything that is `PartialOrd`.
    pub by: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `mean_window`.
#[derive(Debug)]
pub struct mean_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `of = impl FnMut(&V) -> R`
    ///
    /// What the mean is of: `|value| …` gives an integer of up to 64 bits, an `f32` or an `f64`.
    pub of: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `min_final`.
#[derive(Debug)]
pub struct min_final {
    /// `by = impl FnMut(&V) -> O`, left out: the value itself
    ///
    /// Gives each key with the smallest of its values when the input ends. Keys go in the order in which their first
    /// items came. Of values that are equal, and of such that cannot be compared, as `NaN` with a number, the earlier
    /// stays.
    pub by: Argument,
}

/// The arguments of `min_window`.
#[derive(Debug)]
pub struct min_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `by = impl FnMut(&V) -> O`, left out: the value itself
    ///
    /// What values are compared by: `|value| …` gives anything that is `PartialOrd`.
    pub by: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `output`.
#[derive(Debug)]
pub struct output {
    /// `sink = impl Sink<T>`
    ///
    /// Hands every item to `sink`, which is flushed at the end of each activation. A closure is a sink; so are types
    /// of your own that implement [`Sink`], [`BatchSink`](crate::sinks::BatchSink) or
    /// [`PartitionedSink`](crate::sinks::PartitionedSink).
    pub sink: Argument,
}

/// The arguments of `reduce_final`.
#[derive(Debug)]
pub struct reduce_final {
    /// `reducer = impl FnMut(V, V) -> V`
    ///
    /// Makes one value of two, of which the first is older: `|value, next| …`. A key's only value
    /// is given as it is.
    pub reducer: Argument,
}

/// The arguments of `reduce_window`.
#[derive(Debug)]
pub struct reduce_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `reducer = impl FnMut(V, V) -> V`
    ///
    /// Makes one value of two: `|reduced, value| …`.
    pub reducer: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `SessionWindower`.
#[derive(Debug)]
pub struct SessionWindower {
    /// `gap = TimeDelta`
    ///
    /// Windows that last as long as items keep coming: an item that is no farther than `gap` from a session belongs
    /// to it and stretches it, any other begins a session of its own. A session closes when the watermark is more
    /// than `gap` behind its last item.
    pub gap: Argument,
}

/// The arguments of `SlidingWindower`.
#[derive(Debug)]
pub struct SlidingWindower {
    /// `length = TimeDelta`
    ///
    /// Windows of one length that overlap: window `i` is `[align_to + i · offset, align_to + i · offset + length)`,
    /// and closes when the watermark reaches its end. An item belongs to each window that its time is in, and each
    /// has a clone of it.
    pub length: Argument,
    /// `offset = TimeDelta`
    ///
    /// Windows of one length that overlap: window `i` is `[align_to + i · offset, align_to + i · offset + length)`,
    /// and closes when the watermark reaches its end. An item belongs to each window that its time is in, and each
    /// has a clone of it.
    pub offset: Argument,
    /// `align_to = DateTime<Utc>`
    ///
    /// Windows of one length that overlap: window `i` is `[align_to + i · offset, align_to + i · offset + length)`,
    /// and closes when the watermark reaches its end. An item belongs to each window that its time is in, and each
    /// has a clone of it.
    pub align_to: Argument,
}

/// The arguments of `stateful`.
#[derive(Debug)]
pub struct stateful {
    /// `logic = impl FnMut() -> impl StatefulLogic<V, Output = W>`
    ///
    /// Makes a logic, when an item comes for a key that has none.
    pub logic: Argument,
}

/// The arguments of `stateful_batch`.
#[derive(Debug)]
pub struct stateful_batch {
    /// `logic = impl FnMut() -> impl StatefulBatchLogic<V, Output = W>`
    ///
    /// Makes a logic, when an item comes for a key that has none.
    pub logic: Argument,
}

/// The arguments of `stateful_flat_map`.
#[derive(Debug)]
pub struct stateful_flat_map {
    /// `mapper = impl FnMut(Option<S>, V) -> (Option<S>, impl IntoIterator<Item = W>)`
    ///
    /// Gives the key with every item of what `mapper` makes of its state and the value, in order. The state is `None`
    /// at the key's first item; the mapper gives the new one, or `None` to drop it.
    pub mapper: Argument,
}

/// The arguments of `stateful_map`.
#[derive(Debug)]
pub struct stateful_map {
    /// `mapper = impl FnMut(Option<S>, V) -> (Option<S>, W)`
    ///
    /// Gives the key with what `mapper` makes of its state and the value. The state is `None` at the key's first
    /// item; the mapper gives the new one, or `None` to drop it.
    pub mapper: Argument,
}

/// The arguments of `sum_window`.
#[derive(Debug)]
pub struct sum_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `of = impl FnMut(&V) -> R`
    ///
    /// What is added up: `|value| …` gives a [`Summand`], such as a number.
    pub of: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `top_k_window`.
#[derive(Debug)]
pub struct top_k_window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock) or a
    /// [`SystemClock`](crate::windows::SystemClock).
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower) or a [`CountWindower`](crate::windows::CountWindower).
    pub windower: Argument,
    /// `k = impl Clock<V>`
    ///
    /// How many, a `usize`, at least 1.
    pub k: Argument,
    /// `by = impl FnMut(&V) -> O`
    ///
    /// What values are compared by: `|value| …` gives anything that is `PartialOrd`.
    pub by: Argument,
    /// `ordered = bool`, left out: false
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time; otherwise,
    /// which is the default, they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// What a window gives comes with its bounds.
    ///
    /// See [the options of windows](crate::windows).
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Which items are late.
    ///
    /// See [the options of windows](crate::windows).
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// A key is forgotten when it has had no item for so long and nothing of it is open.
    ///
    /// See [the options of windows](crate::windows).
    pub forget_keys_after: Argument,
    /// `early = usize | TimeDelta`, left out: no stream `early`
    ///
    /// Open windows tell what they would give now, every so many items or every so long.
    ///
    /// See [the options of windows](crate::windows).
    pub early: Argument,
}

/// The arguments of `try_map`.
#[derive(Debug)]
pub struct try_map {
    /// `mapper = impl FnMut(T) -> Result<U, E>`
    ///
    /// Gives what `mapper` makes of each item: the `ok` stream where that works, the `err` stream where it does not.
    pub mapper: Argument,
}

/// The arguments of `TumblingWindower`.
#[derive(Debug)]
pub struct TumblingWindower {
    /// `length = TimeDelta`
    ///
    /// Windows of one length, one behind the other: window `i` is `[align_to + i · length, align_to + (i + 1) ·
    /// length)`, and closes when the watermark reaches its end.
    pub length: Argument,
    /// `align_to = DateTime<Utc>`
    ///
    /// Windows of one length, one behind the other: window `i` is `[align_to + i · length, align_to + (i + 1) ·
    /// length)`, and closes when the watermark reaches its end.
    pub align_to: Argument,
}

/// The arguments of `window`.
#[derive(Debug)]
pub struct window {
    /// `clock = impl Clock<V>`
    ///
    /// What time it is: an [`EventClock`](crate::windows::EventClock), a
    /// [`SystemClock`](crate::windows::SystemClock), or a [`Clock`] of your own.
    pub clock: Argument,
    /// `windower = impl Windower`
    ///
    /// Which windows there are: a [`TumblingWindower`](crate::windows::TumblingWindower), a
    /// [`SlidingWindower`](crate::windows::SlidingWindower), a
    /// [`SessionWindower`](crate::windows::SessionWindower), a [`CountWindower`](crate::windows::CountWindower), or a
    /// [`Windower`] of your own.
    pub windower: Argument,
    /// `logic = impl FnMut() -> impl WindowLogic<V, Output = W>`
    ///
    /// Makes a logic, when a window opens.
    pub logic: Argument,
    /// `ordered = bool`, left out: true
    ///
    /// Whether items wait until the watermark reaches them, to be taken in order of time, which is the
    /// default; otherwise they are taken as they arrive.
    pub ordered: Argument,
    /// `bounds = true | false`, left out: false; true: WindowBounds, not WindowId
    ///
    /// Gives what the logic of each window gives: a [`WindowLogic`](crate::windows::WindowLogic) of your own, which
    /// takes the values of one key and window, and may give any number of results at any time.
    pub bounds: Argument,
    /// `late_when = watermark_passed | window_closed`, left out: watermark_passed
    ///
    /// Gives what the logic of each window gives: a [`WindowLogic`](crate::windows::WindowLogic) of your own, which
    /// takes the values of one key and window, and may give any number of results at any time.
    pub late_when: Argument,
    /// `forget_keys_after = TimeDelta`, left out: never
    ///
    /// Gives what the logic of each window gives: a [`WindowLogic`](crate::windows::WindowLogic) of your own, which
    /// takes the values of one key and window, and may give any number of results at any time.
    pub forget_keys_after: Argument,
}
