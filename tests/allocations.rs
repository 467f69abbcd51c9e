//! The promise that a warm flow allocates nothing: keys seen, buffers grown, not one allocation more.

use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::engine::{Progress, Running};
use flow::list::List;
use flow::prelude::*;
use flow::stateful::{Fate, StatefulBatchLogic, StatefulLogic};
use flow::time::{StillTime, TimeProvider, Timestamp};

/// How many items make a flow warm, and over how many it must allocate nothing.
const WARM: u64 = 400_000;
const MEASURED: u64 = 100_000;

/// Runs the first items, then counts what the next ones allocate. `given` says how many items a source
/// has given so far.
fn allocations_once_warm(flow: impl Dataflow, given: &std::cell::Cell<u64>) -> u64 {
    allocations_in(StillTime::at(DateTime::UNIX_EPOCH), flow, given)
}

/// The same in a time that passes.
fn allocations_in(time: impl TimeProvider, flow: impl Dataflow, given: &std::cell::Cell<u64>) -> u64 {
    let mut running: Running<_, _> = flow.start(time);
    let mut run_until = |items| {
        while given.get() < items {
            let progress = running.poll(Waker::noop()).expect("nothing here can fail");
            assert_eq!(progress, Progress::Busy, "the source does not end");
        }
    };
    run_until(WARM);
    allocation_counter::measure(|| run_until(WARM + MEASURED)).count_total
}

/// A time that goes a millisecond on whenever it is asked for.
struct Ticking(i64);

impl TimeProvider for Ticking {
    fn now(&mut self) -> Timestamp {
        self.0 += 1_000_000;
        Timestamp::from_nanoseconds(self.0)
    }

    fn wait(&mut self, _: Option<Timestamp>) {}
}

/// Numbers in no order that anything could be tuned to, without end.
fn numbers(given: &std::cell::Cell<u64>) -> impl Iterator<Item = u64> {
    (0_u64..).map(|number| {
        given.set(number + 1);
        number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
    })
}

#[test]
fn a_chain_without_state() {
    let given = std::cell::Cell::new(0);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let even = items.map(|item| item / 3).filter(|item| item % 2 == 0);
        let parts = even.flat_map(|item| [item, item + 1]);
        let (small, large) = parts.branch(|part| part % 3 == 0);
        let all = merge(small, large);
        all.output(|part| sum = sum.wrapping_add(part));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert_ne!(sum, 0);
}

#[test]
fn lists_of_three() {
    let given = std::cell::Cell::new(0);
    let mut lists = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 1_000);
        let collected = keyed.collect(timeout = 1h, max_size = 3);
        collected.output(|(_, list)| lists += list.len() as u64 / 3);
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(lists > MEASURED / 4, "only {lists} lists came out");
}

#[test]
fn lists_that_are_taken_apart() {
    let given = std::cell::Cell::new(0);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 100);
        let collected = keyed.collect(timeout = 1h, max_size = 8);
        let parts = collected.flat_map_value(|list| list);
        parts.output(|(_, item)| sum = sum.wrapping_add(item));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert_ne!(sum, 0);
}

#[test]
fn a_memory_per_key() {
    let given = std::cell::Cell::new(0);
    let mut largest = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 1_000);
        let counts = keyed.stateful_map(|count, _| {
            let count = count.unwrap_or(0) + 1;
            // Now and then the state is dropped, and made anew.
            ((count < 50).then_some(count), count)
        });
        counts.output(|(_, count)| largest = largest.max(count));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert_eq!(largest, 50);
}

#[test]
fn counts_and_folds_until_the_end() {
    let given = std::cell::Cell::new(0);
    let ended = std::cell::Cell::new(false);
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let counts = items.count_final(|item| item % 1_000);
        counts.output(|_| ended.set(true));
        let keyed = items.key_on(|item| item % 100);
        let spans = keyed.fold_final(
            builder = || (u64::MAX, 0),
            folder = |(least, most), item| (item.min(least), item.max(most)),
        );
        spans.output(|_| ended.set(true));
        let largest = keyed.max_final(by = |item| item % 7);
        largest.output(|_| ended.set(true));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(!ended.get(), "the source has not ended");
}

#[test]
fn values_for_one() {
    let given = std::cell::Cell::new(0);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 1_000);
        let steps = keyed.stateful_flat_map(|last, item| (Some(item % 7), last.unwrap_or(0)..item % 7));
        steps.output(|(_, step)| sum += step);
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(sum > WARM / 4, "the steps' sum is only {sum}");
}

/// Events a millisecond apart, up to four of them out of order.
fn events(given: &std::cell::Cell<u64>) -> impl Iterator<Item = (DateTime<Utc>, u64)> {
    events_backwards(given, 4)
}

/// Events a millisecond apart, of which so many, a power of two, come the wrong way round.
fn events_backwards(
    given: &std::cell::Cell<u64>,
    together: i64,
) -> impl Iterator<Item = (DateTime<Utc>, u64)> {
    (0_i64..).map(move |number| {
        given.set(number.unsigned_abs() + 1);
        let time = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(number ^ (together - 1));
        (time, number.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)
    })
}

#[test]
fn tumbling_folds() {
    for ordered in [false, true] {
        let given = std::cell::Cell::new(0);
        let (mut windows, mut counted) = (0_u64, 0_u64);
        let flow = dataflow! {
            let events = input(IterSource::new(events(&given)));
            let keyed = events.key_on(|(_, item)| item % 100);
            let counts = keyed.fold_window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 500ms),
                windower = TumblingWindower(length = 2s, align_to = DateTime::UNIX_EPOCH),
                builder = || 0_u64,
                folder = |count, _| count + 1,
                merger = |count, other| count + other,
                ordered = ordered,
            );
            counts.down.output(|(_, (_, count))| {
                windows += 1;
                counted += count;
            });
        };
        assert_eq!(allocations_once_warm(flow, &given), 0, "ordered = {ordered}");
        assert!(windows > 1_000 && counted > WARM, "only {counted} items in {windows} windows came out");
    }
}

#[test]
fn tumbling_lists() {
    let given = std::cell::Cell::new(0);
    let mut collected = 0;
    let flow = dataflow! {
        let events = input(IterSource::new(events(&given)));
        let keyed = events.key_on(|(_, item)| item % 100);
        let windows = keyed.collect_window(
            clock = EventClock(|(time, _)| *time, wait_for_system_duration = 500ms),
            windower = TumblingWindower(length = 2s, align_to = DateTime::UNIX_EPOCH),
        );
        windows.down.output(|(_, (_, list))| collected += list.len());
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(collected as u64 > WARM);
}

#[test]
fn sliding_folds() {
    for ordered in [false, true] {
        let given = std::cell::Cell::new(0);
        let (mut windows, mut counted, mut late) = (0_u64, 0_u64, 0_u64);
        let flow = dataflow! {
            let events = input(IterSource::new(events(&given)));
            let keyed = events.key_on(|(_, item)| item % 100);
            let counts = keyed.fold_window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 0s),
                windower = SlidingWindower(length = 2s, offset = 500ms, align_to = DateTime::UNIX_EPOCH),
                builder = || 0_u64,
                folder = |count, _| count + 1,
                merger = |count, other| count + other,
                ordered = ordered,
            );
            counts.down.output(|(_, (_, count))| {
                windows += 1;
                counted += count;
            });
            counts.late.output(|_| late += 1);
        };
        assert_eq!(allocations_once_warm(flow, &given), 0, "ordered = {ordered}");
        assert!(windows > 4_000 && counted > 3 * WARM, "only {counted} items in {windows} windows came out");
        assert!(late > 100, "only {late} late items came out");
    }
}

/// What comes the wrong way round begins a session that another item joins to the one before.
#[test]
fn sessions_counted() {
    for ordered in [false, true] {
        let given = std::cell::Cell::new(0);
        let (mut sessions, mut counted) = (0_u64, 0_u64);
        let flow = dataflow! {
            let events = input(IterSource::new(events_backwards(&given, 256)));
            let keyed = events.key_on(|(_, item)| item % 100);
            let counts = keyed.count_window(
                clock = EventClock(|(time, _)| *time, wait_for_system_duration = 500ms),
                windower = SessionWindower(gap = 200ms),
                ordered = ordered,
            );
            counts.down.output(|(_, (_, count))| {
                sessions += 1;
                counted += count;
            });
        };
        assert_eq!(allocations_once_warm(flow, &given), 0, "ordered = {ordered}");
        assert!(sessions > 10_000 && counted > WARM, "only {counted} items in {sessions} sessions came out");
    }
}

#[test]
fn lists_that_are_given_when_nothing_comes() {
    let given = std::cell::Cell::new(0);
    let (mut full, mut due) = (0_u64, 0_u64);
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        // Every other key is rare.
        let keyed = items.key_on(|item| if item % 10_000 < 1_000 { item % 1_000 } else { 1_000 + item % 1_000 });
        let collected = keyed.collect(idle_timeout = 5ms, max_size = 3);
        collected.output(|(_, list)| if list.len() == 3 { full += 1 } else { due += 1 });
    };
    assert_eq!(allocations_in(Ticking(0), flow, &given), 0);
    assert!(full > 1_000 && due > 1_000, "only {full} full lists and {due} others came out");
}

/// Counts, and says how many there were every ten milliseconds.
#[derive(Default)]
struct Counting {
    count: u64,
    next: Option<DateTime<Utc>>,
}

impl StatefulLogic<u64> for Counting {
    type Output = u64;

    fn on_item(&mut self, _: u64, now: DateTime<Utc>, _: &mut impl FnMut(u64)) -> Fate {
        self.count += 1;
        self.next.get_or_insert(now + TimeDelta::milliseconds(10));
        Fate::Keep
    }

    fn on_notify(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(u64)) -> Fate {
        out(self.count);
        self.next = None;
        if self.count > 100 { Fate::Drop } else { Fate::Keep }
    }

    fn notify_at(&self) -> Option<DateTime<Utc>> {
        self.next
    }
}

#[test]
fn logics_of_the_users_own() {
    let given = std::cell::Cell::new(0);
    let (mut notified, mut most) = (0_u64, 0);
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 1_000);
        let counts = keyed.stateful(logic = Counting::default);
        counts.output(|(_, count)| {
            notified += 1;
            most = most.max(count);
        });
    };
    assert_eq!(allocations_in(Ticking(0), flow, &given), 0);
    assert!(notified > 10_000 && most > 100, "only {notified} notifications, of {most} items at most");
}

/// Sums up what comes together.
struct Together;

impl StatefulBatchLogic<u64> for Together {
    type Output = u64;

    fn on_batch(&mut self, values: List<u64>, _: DateTime<Utc>, out: &mut impl FnMut(u64)) -> Fate {
        out(values.into_iter().fold(0, u64::wrapping_add));
        Fate::Keep
    }
}

#[test]
fn values_that_come_together() {
    let given = std::cell::Cell::new(0);
    let mut sums = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 100);
        keyed.stateful_batch(logic = || Together).output(|_| sums += 1);
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(sums > WARM / 20, "only {sums} sums came out");
}

#[test]
fn batches_that_are_taken_apart() {
    let given = std::cell::Cell::new(0);
    let (mut batches, mut sum) = (0_u64, 0_u64);
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let same = items.filter(|item| item % 3 == 0).flat_map_batch(|batch| {
            batches += 1;
            batch
        });
        same.output(|item| sum = sum.wrapping_add(item));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert!(batches > 100, "only {batches} batches came out");
    assert_ne!(sum, 0);
}

#[test]
fn answers_that_are_remembered() {
    let given = std::cell::Cell::new(0);
    let asked = std::cell::Cell::new(0_u64);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let answers = items.enrich_cached(
            getter = |item: &u64| {
                asked.set(asked.get() + 1);
                item * 3
            },
            mapper = |cache, item| *cache.get(&(item % 1_000)),
            ttl = 50ms,
            max_size = 900,
        );
        answers.output(|answer| sum = sum.wrapping_add(answer));
    };
    assert_eq!(allocations_in(Ticking(0), flow, &given), 0);
    assert!(asked.get() > 10_000, "only {} look-ups", asked.get());
    assert_ne!(sum, 0);
}

#[test]
fn values_that_are_let_through_once() {
    let given = std::cell::Cell::new(0);
    let mut through = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 100);
        let once = keyed.dedup(by = |item| item % 7, within = 20ms);
        once.output(|_| through += 1);
    };
    assert_eq!(allocations_in(Ticking(0), flow, &given), 0);
    assert!(through > 10_000 && through < WARM / 2, "{through} items were let through");
}

#[test]
fn ways_that_meet_again() {
    let given = std::cell::Cell::new(0);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let keyed = items.key_on(|item| item % 10);
        let counts = keyed.stateful_map(|count, item| (Some(count.unwrap_or(0_u64) + 1), item));
        let plain = counts.key_rm();
        let all = merge(items, plain);
        all.output(|item| sum = sum.wrapping_add(item));
    };
    assert_eq!(allocations_once_warm(flow, &given), 0);
    assert_ne!(sum, 0);
}

/// The tests above would say nothing if the counter did not count.
#[test]
fn a_flow_that_allocates_is_found_out() {
    let given = std::cell::Cell::new(0);
    let mut sum = 0_u64;
    let flow = dataflow! {
        let items = input(IterSource::new(numbers(&given)));
        let boxed = items.map(|item| std::hint::black_box(vec![item]));
        boxed.output(|item| sum = sum.wrapping_add(item[0]));
    };
    assert!(allocations_once_warm(flow, &given) >= MEASURED);
}
