//! Warm windows allocate nothing, with whatever options, logics and joins.

use std::cell::Cell;
use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::engine::{Progress, Running};
use flow::prelude::*;
use flow::time::{TimeProvider, Timestamp};
use flow::windows::WindowLogic;

/// How many items make a flow warm, and over how many it must allocate nothing.
const WARM: u64 = 400_000;
const MEASURED: u64 = 50_000;

/// A time that goes a millisecond on whenever it is asked for.
struct Ticking(i64);

impl TimeProvider for Ticking {
    fn now(&mut self) -> Timestamp {
        self.0 += 1_000_000;
        Timestamp::from_nanoseconds(self.0)
    }

    fn wait(&mut self, _: Option<Timestamp>) {}
}

/// Runs the first items, then counts what the next ones allocate.
fn allocations_once_warm(flow: impl Dataflow, given: &Cell<u64>) -> u64 {
    allocations_of(flow.start(Ticking(0)), given, WARM)
}

/// The same with so few items at once that no activation gives more rows than a step keeps room for.
fn allocations_of_rows(flow: impl Dataflow, given: &Cell<u64>) -> u64 {
    allocations_of(flow.start(Ticking(0)).batch_limit(50), given, WARM / 4)
}

/// The same with one item in a millisecond of the system's time, which is as fast as the items' times go on.
fn allocations_in_step(flow: impl Dataflow, given: &Cell<u64>) -> u64 {
    allocations_of(flow.start(Ticking(0)).batch_limit(1), given, WARM / 4)
}

fn allocations_of<F: Dataflow>(mut running: Running<F, Ticking>, given: &Cell<u64>, warm: u64) -> u64 {
    let mut run_until = |items| {
        while given.get() < items {
            let progress = running.poll(Waker::noop()).expect("nothing here can fail");
            assert_eq!(progress, Progress::Busy, "the source does not end");
        }
    };
    run_until(warm);
    allocation_counter::measure(|| run_until(warm + MEASURED)).count_total
}

type Item = (DateTime<Utc>, u64);

/// Items a millisecond apart, of which 256 each come the wrong way round: what belongs together comes in pieces.
fn items(given: &Cell<u64>) -> impl Iterator<Item = Item> {
    (0_i64..).map(move |number| {
        given.set(number.unsigned_abs() + 1);
        let time = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(number ^ 255);
        (time, number.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)
    })
}

/// Keys of which each has items for a second, and none for the next nine.
fn for_a_while((time, _): &Item) -> (i64, i64) {
    (time.timestamp() % 10, time.timestamp_millis() % 3)
}

/// Folds with every option, over windows of this kind.
macro_rules! folds {
    ($early:expr, $wait:expr, $ordered:expr, $windower:ident($($name:ident = $value:expr),*)) => {{
        let given = Cell::new(0);
        let (mut windows, mut early, mut late) = (0_u64, 0_u64, 0_u64);
        let flow = dataflow! {
            let items = input(IterSource::new(items(&given)));
            let keyed = items.key_on(for_a_while);
            let counts = keyed.count_window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = $wait),
                windower = $windower($($name = $value),*),
                ordered = $ordered,
                bounds = true,
                late_when = window_closed,
                forget_keys_after = 4s,
                early = $early,
            );
            counts.down.output(|_| windows += 1);
            counts.early.output(|_| early += 1);
            counts.late.output(|_| late += 1);
        };
        assert_eq!(allocations_in_step(flow, &given), 0, "ordered = {}", $ordered);
        assert!(windows > 100 && early > 100, "only {windows} windows and {early} early results came out");
        late
    }};
}

#[test]
fn folds_with_all_options() {
    const WAIT: TimeDelta = TimeDelta::milliseconds(100);
    let (length, offset, start) = (TimeDelta::seconds(2), TimeDelta::milliseconds(500), DateTime::UNIX_EPOCH);
    let mut late = 0;
    for ordered in [false, true] {
        late += folds!(3, WAIT, ordered, TumblingWindower(length = length, align_to = start));
        late += folds!(3, WAIT, ordered, SlidingWindower(length = length, offset = offset, align_to = start));
        late += folds!(3, WAIT, ordered, SessionWindower(gap = 20ms));
    }
    assert!(late > 100, "only {late} late items came out");
}

#[test]
fn folds_that_speak_every_so_long() {
    const WAIT: TimeDelta = TimeDelta::seconds(3);
    let (length, offset, start) = (TimeDelta::seconds(2), TimeDelta::milliseconds(500), DateTime::UNIX_EPOCH);
    for ordered in [false, true] {
        folds!(1s, WAIT, ordered, TumblingWindower(length = length, align_to = start));
        folds!(1s, WAIT, ordered, SlidingWindower(length = length, offset = offset, align_to = start));
        folds!(1s, WAIT, ordered, SessionWindower(gap = 20ms));
    }
}

/// Says how many there are whenever one comes.
struct Counting(u64);

impl WindowLogic<Item> for Counting {
    type Output = u64;

    fn on_value(&mut self, _: Item, out: &mut impl FnMut(u64)) {
        self.0 += 1;
        out(self.0);
    }

    fn on_merge(&mut self, absorbed: Self, out: &mut impl FnMut(u64)) {
        self.0 += absorbed.0;
        out(self.0);
    }

    fn on_close(self, out: &mut impl FnMut(u64)) {
        out(self.0);
    }
}

#[test]
fn logics_of_the_users_own() {
    for ordered in [false, true] {
        let given = Cell::new(0);
        let (mut results, mut most) = (0_u64, 0);
        let flow = dataflow! {
            let items = input(IterSource::new(items(&given)));
            let keyed = items.key_on(|(_, item)| item % 100);
            let counts = keyed.window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 500ms),
                windower = SessionWindower(gap = 200ms),
                logic = || Counting(0),
                ordered = ordered,
            );
            counts.down.output(|(_, (_, count))| {
                results += 1;
                most = most.max(count);
            });
        };
        assert_eq!(allocations_once_warm(flow, &given), 0, "ordered = {ordered}");
        assert!(results > WARM && most > 2, "only {results} results, of {most} items at most, came out");
    }
}

/// Keys of which each has ten items, and then none for 790. What comes the wrong way round may part them for a while.
fn ten_at_once((time, _): &Item) -> i64 {
    time.timestamp_millis() / 10 % 80
}

/// A join per window, under these modes.
macro_rules! window_joins {
    ($($insert:ident $emit:tt)*) => {$({
        for ordered in [false, true] {
            let given = Cell::new(0);
            let mut rows = 0_u64;
            let flow = dataflow! {
                let items = input(IterSource::new(items(&given)));
                let (even, odd) = items.branch(|(time, _)| time.timestamp_millis() % 2 == 0);
                let left = even.key_on(ten_at_once);
                let right = odd.key_on(ten_at_once);
                let joined = join_window(
                    left,
                    right,
                    clock = EventClock(|(time, _)| *time, |(time, _)| *time, wait_for_system_duration = 300ms),
                    windower = SessionWindower(gap = 2ms),
                    insert_mode = $insert,
                    emit_mode = $emit,
                    ordered = ordered,
                );
                joined.down.output(|_| rows += 1);
            };
            let modes = (stringify!($insert), stringify!($emit), ordered);
            assert_eq!(allocations_of_rows(flow, &given), 0, "{modes:?}");
            assert!(rows > 10_000, "only {rows} rows came out: {modes:?}");
        }
    })*};
}

#[test]
fn joins_per_window() {
    window_joins!(first complete  first final  first running  last complete  last final  last running);
}

/// The lists of values go from one window to the next.
#[test]
fn joins_per_window_of_all_values() {
    window_joins!(product complete  product final  product running);
}

/// A join under these modes, whose rows are given as values come.
macro_rules! joins {
    ($($insert:ident $emit:tt)*) => {$({
        let given = Cell::new(0);
        let mut rows = 0_u64;
        let flow = dataflow! {
            let items = input(IterSource::new(items(&given)));
            let (even, odd) = items.branch(|(_, item)| item / 100 % 2 == 0);
            let left = even.key_on(|(_, item)| item % 100);
            let right = odd.key_on(|(_, item)| item % 100);
            let joined = join(left, right, insert_mode = $insert, emit_mode = $emit);
            joined.output(|_| rows += 1);
        };
        let modes = (stringify!($insert), stringify!($emit));
        assert_eq!(allocations_once_warm(flow, &given), 0, "{modes:?}");
        assert!(rows > 10_000, "only {rows} rows came out: {modes:?}");
    })*};
}

#[test]
fn joins_as_values_come() {
    joins!(first complete  first running  last complete  last running);
}

#[test]
fn joins_of_all_values() {
    joins!(product complete);
}

#[test]
fn joins_of_what_is_near_in_time() {
    let given = Cell::new(0);
    let mut pairs = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(items(&given)));
        let (even, odd) = items.branch(|(_, item)| item / 100 % 2 == 0);
        let left = even.key_on(|(_, item)| item % 100);
        let right = odd.key_on(|(_, item)| item % 100);
        let joined = join_interval(
            left,
            right,
            clock = EventClock(|(time, _)| *time, |(time, _)| *time, wait_for_system_duration = 500ms),
            before = 1s,
            after = 500ms,
        );
        joined.down.output(|_| pairs += 1);
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(pairs > WARM, "only {pairs} pairs came out");
}
