//! The kit for tests of flows, at work on the rules of time, and its own rules.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flow::Error;
use flow::prelude::*;
use flow::sources::{Batch, Source, SourceStatus};
use flow::testing::{Input, InputSource, Kit, Output, OutputSink, Run, with_each_batch_limit};
use flow::time::SimulatedTime;
use proptest::prelude::*;

/// So many seconds into 2022.
fn at(second: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap() + TimeDelta::seconds(second)
}

fn seconds(seconds: i64) -> TimeDelta {
    TimeDelta::seconds(seconds)
}

fn kit() -> Kit {
    Kit::starting_at(at(0))
}

/// Lists of all keys together, of at most so many items.
fn lists(
    source: impl Source<Item = u32>,
    max_size: usize,
    sink: impl flow::sinks::Sink<Vec<u32>>,
) -> impl Dataflow {
    dataflow! {
        let numbers = input(source);
        let keyed = numbers.key_on(|_| ());
        let lists = keyed.collect(timeout = 10s, max_size = max_size);
        lists.map(|((), list)| list.into_vec()).output(sink);
    }
}

/// The flow of [`lists`] with lists of at most 100 items, ready to run.
fn running(kit: Kit) -> (Input<u32>, Output<Vec<u32>>, Run<impl Dataflow>) {
    let (numbers, source) = kit.input();
    let (sink, out) = kit.output();
    (numbers, out, kit.start(lists(source, 100, sink)))
}

mod rules_of_time {
    use super::*;

    /// The timeout counts from a list's first item, to the nanosecond.
    #[test]
    fn a_list_waits_for_its_timeout_and_no_longer() -> Result<(), Error> {
        with_each_batch_limit(at(0), |kit| {
            let (numbers, out, mut run) = running(kit);
            numbers.push_all([1, 2]);
            run.advance(seconds(9))?;
            numbers.push(3);
            run.advance(seconds(1) - TimeDelta::nanoseconds(1))?;
            assert!(out.is_empty());
            assert_eq!(run.next_due(), Some(at(10)));
            run.advance(TimeDelta::nanoseconds(1))?;
            assert_eq!(out.take_timed(), [(at(10), vec![1, 2, 3])]);
            assert_eq!(run.next_due(), None);
            Ok(())
        })
    }

    /// Items first, then what is due. As every item goes alone, it is the first that is ahead of what is due.
    #[test]
    fn an_item_of_the_due_time_goes_ahead_of_what_is_due() -> Result<(), Error> {
        with_each_batch_limit(at(0), |kit| {
            let (numbers, out, mut run) = running(kit);
            numbers.push(1);
            numbers.push_all_at(at(10), [2, 3]);
            run.advance_to(at(20))?;
            assert_eq!(out.take_timed(), [(at(10), vec![1, 2]), (at(20), vec![3])]);
            Ok(())
        })
    }

    /// What is pushed when the time has been reached comes behind what fell due at it.
    #[test]
    fn an_item_that_is_pushed_when_the_time_has_come_is_behind_what_was_due() -> Result<(), Error> {
        let (numbers, out, mut run) = running(kit());
        numbers.push(1);
        run.advance(seconds(10))?;
        numbers.push(2);
        run.finish()?;
        assert_eq!(out.take_timed(), [(at(10), vec![1]), (at(10), vec![2])]);
        Ok(())
    }

    /// A list that is full before its time wakes nobody; an idle flow is awake once for each due time.
    #[test]
    fn a_flow_is_awake_when_something_is_due_and_at_no_other_time() -> Result<(), Error> {
        let kit = kit();
        let (numbers, source) = kit.input();
        let (sink, out) = kit.output();
        let mut run = kit.start(lists(source, 2, sink));
        numbers.push_all([1, 2]);
        run.settle()?;
        assert_eq!((out.take(), run.next_due()), (vec![vec![1, 2]], None));

        let before = run.activations();
        numbers.push_at(at(100), 3);
        numbers.push_at(at(200), 4);
        run.advance_to(at(100_000))?;
        assert_eq!(out.take_timed(), [(at(110), vec![3]), (at(210), vec![4])]);
        assert_eq!(
            run.activations() - before,
            6,
            "before the first, at 100, 110, 200 and 210, and at the end"
        );
        Ok(())
    }

    /// Event time lags by a day. Each window closes when system time has moved as far as its key's time had
    /// to, and the flow sleeps until then.
    #[test]
    fn windows_close_when_the_watermark_passes() -> Result<(), Error> {
        with_each_batch_limit(at(86_400), |kit| {
            let (events, source) = kit.input::<(char, i64)>();
            let (sink, down) = kit.output();
            let (late_sink, late) = kit.output();
            let mut run = kit.start(dataflow! {
                let events = input(source);
                let keyed = events.key_on(|(key, _)| *key);
                let windows = keyed.count_window(
                    clock = EventClock(|(_, second)| at(*second), wait_for_system_duration = 5s),
                    windower = TumblingWindower(length = 60s, align_to = at(0)),
                );
                windows.down.output(sink);
                windows.late.map(|(key, (window, (_, second)))| (key, window, second)).output(late_sink);
            });
            let noon = at(86_400);
            events.push_all([('a', 10), ('a', 50), ('b', 59)]);
            run.settle()?;
            // The watermark of a is at 45 and wants to be at 60; that of b is at 54.
            assert_eq!(run.next_due(), Some(noon + seconds(6)));
            run.advance(seconds(14))?;
            assert_eq!(down.take_timed(), [(noon + seconds(6), ('b', (0, 1)))]);
            events.push_all([('a', 59), ('a', 58), ('b', 59)]);
            run.advance(seconds(60))?;
            assert_eq!(
                down.take_timed(),
                [(noon + seconds(15), ('a', (0, 3)))],
                "59 is as late as can be, 58 too late"
            );
            assert_eq!(
                late.take_timed(),
                [(noon + seconds(14), ('a', 0, 58)), (noon + seconds(14), ('b', 0, 59))]
            );
            events.push(('b', 1000));
            let report = run.finish()?;
            assert_eq!(down.take(), [('b', (16, 1))], "the end of the input closes every window");
            assert_eq!(report.late_untaken(), 0);
            Ok::<(), Error>(())
        })
    }

    proptest! {
        /// Whatever is pushed, for whatever times, in whatever steps: it is as if a run had met the items at
        /// their times.
        #[test]
        fn a_kit_does_what_a_run_does(
            items in prop::collection::vec((0..60_i64, 0..4_u32), 0..30),
            steps in prop::collection::vec(0..15_i64, 0..8),
            max_size in 1..5_usize,
        ) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|(second, _)| *second);
            let time = SimulatedTime::starting_at(at(0));
            let clock = time.clone();
            let mut expected = Vec::new();
            let source = TimedSource::new(sorted.into_iter().map(|(second, item)| (at(second), item)));
            lists(source, max_size, |list| expected.push((clock.time(), list))).run_in(time).unwrap();

            with_each_batch_limit(at(0), |kit| {
                let (numbers, source) = kit.input();
                let (sink, out) = kit.output();
                let mut run = kit.start(lists(source, max_size, sink));
                for (second, item) in &items {
                    numbers.push_at(at(*second), *item);
                }
                for step in &steps {
                    run.advance(seconds(*step))?;
                }
                run.finish()?;
                // When the last list comes depends on when the input ends, which here is when the test says
                // so.
                let (mut got, mut expected) = (out.take_timed(), expected.clone());
                assert_eq!(got.pop().map(|(_, list)| list), expected.pop().map(|(_, list)| list));
                assert_eq!(got, expected);
                Ok::<(), Error>(())
            }).unwrap();
        }
    }
}

mod ends {
    use super::*;

    #[test]
    fn items_come_in_order_of_their_times_and_then_of_their_pushes() -> Result<(), Error> {
        with_each_batch_limit(at(100), |kit| {
            let (numbers, source) = kit.input();
            let (sink, out) = kit.output();
            let mut run = kit.start(dataflow! { let numbers = input(source); numbers.output(sink); });
            numbers.push_at(at(102), 1);
            numbers.push_at(at(101), 2);
            numbers.push(3);
            numbers.push_at(at(50), 4);
            numbers.push_all_at(at(101), [5, 6]);
            assert!(out.is_empty(), "nothing happens by itself");
            run.settle()?;
            assert_eq!(out.take(), [4, 3]);
            // What is pushed while the input waits for a later time is not overlooked.
            numbers.push(7);
            run.settle()?;
            assert_eq!(out.take_timed(), [(at(100), 7)]);
            assert_eq!(run.next_due(), Some(at(101)));
            let report = run.finish()?;
            assert_eq!(out.take_timed(), [(at(101), 2), (at(101), 5), (at(101), 6), (at(102), 1)]);
            assert_eq!(report.step("numbers").unwrap().items_out, 7);
            Ok::<(), Error>(())
        })
    }

    #[test]
    fn several_inputs_take_turns_and_end_one_by_one() -> Result<(), Error> {
        with_each_batch_limit(at(0), |kit| {
            let (left, left_source) = kit.input::<u32>();
            let (right, right_source) = kit.input::<u32>();
            let (sink, out) = kit.output();
            let (sums_sink, sums) = kit.output();
            let mut run = kit.start(dataflow! {
                let left = input(left_source);
                let right = input(right_source);
                let all = merge(left, right);
                all.output(sink);
                let keyed = left.key_on(|_| ());
                let sums = keyed.reduce_final(|sum, number| sum + number);
                sums.key_rm().output(sums_sink);
            });
            left.push_all([1, 2, 3]);
            right.push_all([10, 20]);
            run.settle()?;
            assert_eq!(out.take(), [1, 10, 2, 20, 3]);
            left.end();
            run.settle()?;
            assert_eq!((sums.take(), run.has_ended(), sums.is_closed()), (vec![6], false, false));
            right.push(30);
            right.end();
            run.settle()?;
            assert_eq!((out.take(), run.has_ended(), sums.is_closed()), (vec![30], true, true));
            run.finish()?;
            Ok::<(), Error>(())
        })
    }

    /// Closures may know the time of the test.
    #[test]
    fn the_time_is_there_for_closures() -> Result<(), Error> {
        let kit = kit();
        let time = kit.time();
        let seen = Cell::new(None);
        let (numbers, source) = kit.input();
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.output(|_: u32| seen.set(Some(time.time())));
        });
        numbers.push_at(at(3), 1);
        run.advance(seconds(5))?;
        assert_eq!((seen.get(), run.time()), (Some(at(3)), at(5)));
        Ok(())
    }

    /// The time stands where the error happened, and the run is over.
    #[test]
    fn an_error_is_that_of_the_call_during_which_it_happened() {
        let kit = kit();
        let (numbers, source): (_, InputSource<u32>) = kit.input();
        let (sink, out): (OutputSink<u32>, _) = kit.output();
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.map(|number| 10 / number).output(sink);
        });
        numbers.push_at(at(1), 5);
        numbers.push_at(at(2), 0);
        let error = run.advance(seconds(10)).unwrap_err();
        assert!(matches!(&error, Error::Panic { .. }), "{error}");
        assert_eq!((out.take(), run.time()), (vec![2], at(2)));
        assert!(matches!(run.settle().unwrap_err(), Error::Ended { .. }));
        assert!(!out.is_closed());
    }
}

mod mistakes_of_a_test {
    use super::*;

    /// The message with which it panics.
    fn panics(test: impl FnOnce()) -> String {
        let panic = catch_unwind(AssertUnwindSafe(test)).unwrap_err();
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap()
    }

    #[test]
    fn to_push_behind_the_end() {
        let (numbers, _out, mut run) = running(kit());
        numbers.end();
        assert!(panics(|| numbers.push(1)).contains("has ended"));
        run.settle().unwrap();
        assert!(run.has_ended());
    }

    #[test]
    fn to_push_when_nobody_takes_it() {
        let (numbers, _out, run) = running(kit());
        run.finish().unwrap();
        assert!(panics(|| numbers.push_at(at(7), 1)).contains("the flow of this input is gone"));
    }

    #[test]
    fn to_move_the_time_back() {
        let (_numbers, _out, mut run) = running(kit());
        run.advance(seconds(10)).unwrap();
        assert!(panics(|| run.advance(seconds(-1)).unwrap()).contains("time does not go back"));
        assert!(panics(|| run.advance_to(at(9)).unwrap()).contains("time does not go back"));
        assert!(panics(|| run.advance(TimeDelta::MAX).unwrap()).contains("out of the range"));
        run.advance_to(at(10)).unwrap();
    }

    #[test]
    fn to_finish_what_waits_for_others() {
        let (sender, source) = channel(1);
        let flow = || dataflow! { let numbers = input(source); numbers.output(|_: u32| {}); };
        let run = kit().start(flow());
        assert!(panics(|| drop(run.finish())).contains("none of the kit's"));
        drop(sender);
    }

    /// Never ends, and is never in a hurry.
    struct Endless;

    impl Source for Endless {
        type Item = u32;

        fn next_batch(&mut self, batch: &mut Batch<'_, u32>) -> Result<SourceStatus, flow::error::BoxError> {
            Ok(SourceStatus::IdleUntil(batch.now() + TimeDelta::milliseconds(1)))
        }
    }

    #[test]
    fn to_finish_what_never_ends() {
        let run = kit().start(dataflow! { let numbers = input(Endless); numbers.output(|_| {}); });
        assert!(panics(|| drop(run.finish())).contains("does not end"));
    }
}
