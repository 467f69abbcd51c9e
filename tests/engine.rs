//! What an owner of a flow can rely on: its time, its sleep, its errors, its report, its sources and sinks.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "blocks are written as their users write them"
)]

mod common;

use std::cell::RefCell;
use std::fmt::{Debug, Display};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::task::{Wake, Waker};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use common::{Way, every_way};
use flow::error::BoxError;
use flow::key::Key;
use flow::prelude::*;
use flow::sinks::Sink;
use flow::sources::{Batch, Source, SourceStatus};

use flow::time::{OutOfRange, SimulatedTime, StillTime, TimeProvider, Timestamp};
use flow::windows::{Clock, Reading, TumblingWindower};

/// So many seconds into 2022.
fn at(second: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap() + TimeDelta::seconds(second)
}

fn instant(second: i64) -> Timestamp {
    Timestamp::try_from(at(second)).unwrap()
}

fn simulated() -> SimulatedTime {
    SimulatedTime::starting_at(at(0))
}

/// Polls until there is nothing to do at once; says what there is to wait for, and how many polls it took.
fn settle<F: Dataflow, T: TimeProvider>(running: &mut flow::engine::Running<F, T>) -> (Progress, usize) {
    for polls in 1..1000 {
        match running.poll(Waker::noop()).unwrap() {
            Progress::Busy => {}
            progress => return (progress, polls),
        }
    }
    panic!("it spins");
}

mod time {
    use super::*;

    /// Every `now` that a source, a clock or another clock was told.
    #[derive(Clone, Default)]
    struct Seen(Rc<RefCell<Vec<(&'static str, Timestamp)>>>);

    /// A source of numbers that notes the time, one number an activation.
    struct Noting {
        name: &'static str,
        seen: Seen,
        left: i32,
    }

    impl Source for Noting {
        type Item = i32;

        fn next_batch(&mut self, batch: &mut Batch<'_, i32>) -> Result<SourceStatus, BoxError> {
            self.seen.0.borrow_mut().push((self.name, batch.now().try_into()?));
            batch.push(self.left);
            self.left -= 1;
            Ok(if self.left == 0 { SourceStatus::Ended } else { SourceStatus::Ready })
        }
    }

    /// A clock of the test's own: the items' time is that of the system.
    #[derive(Clone)]
    struct NotingClock {
        name: &'static str,
        seen: Seen,
    }

    impl<V> Clock<V> for NotingClock {
        type State = ();

        fn start(&self, _: Timestamp) {}

        fn on_item(&mut self, (): &mut (), _: &V, now: Timestamp) -> Result<Reading, OutOfRange> {
            self.seen.0.borrow_mut().push((self.name, now));
            Ok(Reading { timestamp: now, watermark: now })
        }

        fn watermark(&self, (): &(), now: Timestamp) -> Timestamp {
            now
        }

        fn due(&self, (): &(), target: Timestamp) -> Timestamp {
            target
        }
    }

    /// A system clock that says something else each time, until it sticks.
    struct Jumping(Vec<i64>);

    impl TimeProvider for Jumping {
        fn now(&mut self) -> Timestamp {
            let second = if self.0.len() > 1 { self.0.remove(0) } else { self.0[0] };
            instant(second)
        }

        fn wait(&mut self, _: Option<Timestamp>) {
            unreachable!("there is always something to do");
        }
    }

    #[test]
    fn now_is_the_same_for_all_steps_and_never_goes_back() {
        let seen = Seen::default();
        let source = |name| Noting { name, seen: seen.clone(), left: 4 };
        let clock = |name| NotingClock { name, seen: seen.clone() };
        let flow = dataflow! {
            let first = input(source("first"));
            let second = input(source("second"));
            let all = merge(first, second);
            let keyed = all.key_on(|_| ());
            let windows = keyed.collect_window(
                clock = clock("early"),
                windower = TumblingWindower(length = 1s, align_to = at(0)),
            );
            windows.down.output(|_| {});
            let again = keyed.collect_window(
                clock = clock("later"),
                windower = TumblingWindower(length = 1s, align_to = at(0)),
            );
            again.down.output(|_| {});
        };
        flow.start(Jumping(vec![5, 3, 9, 8])).batch_limit(1).run().unwrap();
        let seen = seen.0.take();
        for who in ["first", "second"] {
            let nows: Vec<_> = seen.iter().filter(|(name, _)| *name == who).map(|(_, now)| *now).collect();
            assert_eq!(nows, [5, 5, 9, 9].map(instant), "{who}");
        }
        for who in ["early", "later"] {
            let nows: Vec<_> = seen.iter().filter(|(name, _)| *name == who).map(|(_, now)| *now).collect();
            assert_eq!(nows, [5, 5, 5, 5, 9, 9, 9, 9].map(instant), "{who}");
        }
    }

    #[test]
    fn an_owner_learns_the_exact_due_time() {
        let time = simulated();
        let (sender, source) = channel(10);
        let sink = CollectingSink::new();
        let lists = sink.collected();
        let flow = dataflow! {
            let numbers = input(source);
            let keyed = numbers.key_on(|number| number % 2);
            let lists = keyed.collect(timeout = 10s, max_size = 100);
            lists.map_value(|list| list.into_vec()).output(sink);
        };
        let mut running = flow.start(time.clone());
        assert_eq!(settle(&mut running).0, Progress::Idle(None));
        for (second, number) in [(0, 2), (3, 1), (4, 4)] {
            time.set(at(second));
            sender.send(number).unwrap();
            assert_eq!(settle(&mut running).0, Progress::Idle(Some(at(10))), "the first item counts");
        }
        time.set(at(10) - TimeDelta::nanoseconds(1));
        assert_eq!(settle(&mut running).0, Progress::Idle(Some(at(10))));
        assert!(lists.take().is_empty());
        time.set(at(10));
        assert_eq!(settle(&mut running).0, Progress::Idle(Some(at(13))));
        assert_eq!(lists.take(), [(0, vec![2, 4])]);
        drop(sender);
        assert_eq!(settle(&mut running).0, Progress::Ended);
        assert_eq!(lists.take(), [(1, vec![1])]);
        assert_eq!(running.poll(Waker::noop()).unwrap(), Progress::Ended, "also if asked again");
    }

    /// A list that is full before its time takes its due time back.
    #[test]
    fn a_due_time_that_is_taken_back_wakes_nobody() {
        let time = simulated();
        let (sender, source) = channel(10);
        let flow = dataflow! {
            let numbers = input(source);
            let keyed = numbers.key_on(|_| ());
            let lists = keyed.collect(timeout = 10s, max_size = 2);
            lists.output(|_| {});
        };
        let mut running = flow.start(time.clone());
        sender.send(1).unwrap();
        assert_eq!(settle(&mut running).0, Progress::Idle(Some(at(10))));
        sender.send(2).unwrap();
        assert_eq!(settle(&mut running).0, Progress::Idle(None));
    }

    /// Events of 2022 come in 2030: each window is waited for once, until system time has moved as far as its
    /// key's time is behind its close.
    #[test]
    fn an_idle_flow_is_woken_once_for_each_window() {
        let year_2030 = 252_460_800;
        let time = SimulatedTime::starting_at(at(year_2030));
        let (sender, source) = channel(10);
        let sink = CollectingSink::new();
        let closed = sink.collected();
        let clock = time.clone();
        let flow = dataflow! {
            let events = input(source);
            let keyed = events.key_on(|(key, _)| *key);
            let windows = keyed.collect_window(
                clock = EventClock(|(_, second)| at(*second), wait_for_system_duration = 2s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            windows.down.map(|(key, (id, _))| (clock.time(), key, id)).output(sink);
        };
        for event in [('a', 1), ('b', 7), ('c', 25)] {
            sender.send(event).unwrap();
        }
        let mut running = flow.start(time.clone());
        // Watermarks are at -1, 5 and 23 then. The items wait for theirs, and then for their windows.
        let after = |seconds| at(year_2030 + seconds);
        let mut polls = 0;
        let mut dues = Vec::new();
        loop {
            let (progress, needed) = settle(&mut running);
            polls += needed;
            let Progress::Idle(Some(due)) = progress else { break };
            dues.push(due);
            time.set(due);
        }
        assert_eq!(dues, [2, 5, 7, 11].map(after), "items at 2, windows at 5 (b), 7 (c) and 11 (a)");
        assert_eq!(polls, 1 + dues.len(), "the items' poll, and one for each due time");
        assert_eq!(closed.take(), [(after(5), 'b', 0), (after(7), 'c', 2), (after(11), 'a', 0)]);
    }

    /// A run whose time goes back in the middle still ends, and its lists come when their time has come.
    #[test]
    fn a_time_that_is_set_back_holds_nothing_up() {
        every_way(|way| {
            let time = simulated();
            let sink = CollectingSink::new();
            let lists = sink.collected();
            let moved = time.clone();
            let flow = dataflow! {
                let numbers = input(TimedSource::new([(at(0), 1), (at(5), 2), (at(30), 3)]));
                let set_back = numbers.inspect(|number| if *number == 2 { moved.set(at(-1000)); });
                let keyed = set_back.key_on(|_| 'k');
                let lists = keyed.collect(timeout = 10s, max_size = 100);
                lists.map_value(|list| list.into_vec()).output(sink);
            };
            way.start(flow, time).run().unwrap();
            assert_eq!(lists.take(), [('k', vec![1, 2]), ('k', vec![3])], "{way:?}");
        });
    }

    /// Under a still time watermarks move by items alone.
    #[test]
    fn a_still_time_makes_no_item_late() {
        let flow = dataflow! {
            let seconds = input(TestingSource::new([0, 5, 9, 5, 12]));
            let keyed = seconds.key_on(|_| ());
            let windows = keyed.collect_window(
                clock = EventClock(|second| at(*second), wait_for_system_duration = 4s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            windows.down.output(|_| {});
        };
        let report = flow.run_in(StillTime::at(at(1_000_000))).unwrap();
        assert_eq!(report.late_untaken(), 0);
    }

    #[test]
    fn a_run_that_waits_in_a_still_time_says_so() {
        let flow = dataflow! {
            let numbers = input(TimedSource::new([(at(0), 1), (at(1), 2)]));
            numbers.output(|_| {});
        };
        let error = flow.named("patient").run_in(StillTime::at(at(0))).unwrap_err();
        assert!(matches!(&error, flow::Error::Stuck { .. }), "{error}");
        assert!(error.to_string().contains("`patient`"), "{error}");
    }
}

mod waking {
    use super::*;

    /// Longer than anything here takes; only a test that fails waits that long.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_channel_wakes_a_run_that_sleeps() {
        let (sender, source) = channel(1);
        let (answers, answered) = mpsc::channel();
        let run = thread::spawn(move || {
            let flow = dataflow! {
                let numbers = input(source);
                numbers.map(|number: i32| number * 2).output(|number| answers.send(number).unwrap());
            };
            flow.run().unwrap()
        });
        for number in 0..100 {
            sender.send(number).unwrap();
            assert_eq!(answered.recv_timeout(LONG), Ok(number * 2));
        }
        drop(sender);
        assert_eq!(answered.recv_timeout(LONG), Err(mpsc::RecvTimeoutError::Disconnected), "the run is over");
        assert_eq!(run.join().unwrap().step("numbers").unwrap().items_out, 100);
    }

    #[derive(Default)]
    struct Bell(AtomicUsize);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_channel_wakes_whoever_polled() {
        let (sender, source) = channel(10);
        let flow = dataflow! {
            let numbers = input(source);
            numbers.output(|_| {});
        };
        let mut running = flow.start(simulated());
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let rung = || bell.0.swap(0, Ordering::SeqCst);
        assert_eq!(running.poll(&waker).unwrap(), Progress::Idle(None));
        assert_eq!(rung(), 0);
        sender.send(1).unwrap();
        assert_eq!(rung(), 1, "an item has come");
        sender.send(2).unwrap();
        assert_eq!(rung(), 0, "it has been told already");
        assert_eq!(running.poll(&waker).unwrap(), Progress::Idle(None));
        let other = sender.clone();
        drop(sender);
        assert_eq!(running.poll(&waker).unwrap(), Progress::Idle(None));
        let _ = rung();
        drop(other);
        assert_eq!(rung(), 1, "the channel is closed");
        assert_eq!(running.poll(&waker).unwrap(), Progress::Ended);
    }

    #[test]
    fn a_sender_learns_that_the_flow_has_gone() {
        let (sender, source) = channel(1);
        let flow = dataflow! {
            let numbers = input(source);
            numbers.output(|_| {});
        };
        drop(flow);
        assert_eq!(sender.send(7), Err(flow::sources::SendError(7)));
    }
}

mod errors {
    use super::*;

    /// Gives its numbers, a few at a time, and fails.
    struct Failing(Vec<i32>);

    impl Source for Failing {
        type Item = i32;

        fn next_batch(&mut self, batch: &mut Batch<'_, i32>) -> Result<SourceStatus, BoxError> {
            while !batch.is_full() {
                if self.0.is_empty() {
                    return Err("the line is dead".into());
                }
                batch.push(self.0.remove(0));
            }
            Ok(SourceStatus::Ready)
        }
    }

    /// Has room for so many items.
    struct Full(usize);

    impl<T> Sink<T> for Full {
        fn write(&mut self, _: T) -> Result<(), BoxError> {
            self.0 = self.0.checked_sub(1).ok_or("no room")?;
            Ok(())
        }
    }

    /// Cannot bring out what it took.
    struct Stuck;

    impl<T> Sink<T> for Stuck {
        fn write(&mut self, _: T) -> Result<(), BoxError> {
            Ok(())
        }

        fn flush(&mut self) -> Result<(), BoxError> {
            Err("it is stuck".into())
        }
    }

    /// Every word must be in the error's text.
    #[track_caller]
    fn says(error: &flow::Error, words: &[&str]) {
        let text = error.to_string();
        for word in words {
            assert!(text.contains(word), "`{word}` is missing: {text}");
        }
    }

    #[test]
    fn a_failing_source_ends_the_run_behind_what_it_gave() {
        every_way(|way| {
            let sink = CollectingSink::new();
            let items = sink.collected();
            let flow = dataflow! {
                let numbers = input(Failing(vec![1, 2, 3]));
                let keyed = numbers.key_on(|_| 'k');
                let sums = keyed.stateful_map(|sum, number| {
                    let sum = sum.unwrap_or(0) + number;
                    (Some(sum), sum)
                });
                sums.output(sink);
            };
            let error = way.start(flow.named("phone"), simulated()).run().unwrap_err();
            assert!(matches!(&error, flow::Error::Source { step: "numbers", .. }), "{error:?}");
            says(&error, &["`phone`", "`numbers`", "the line is dead"]);
            assert!(
                std::error::Error::source(&error)
                    .is_some_and(|cause| cause.to_string() == "the line is dead")
            );
            way.compare(&items.take(), &[('k', 1), ('k', 3), ('k', 6)]);
        });
    }

    #[test]
    fn a_missing_file_is_an_error_that_names_it_and_nothing_is_emptied_for_it() {
        let directory = fresh_directory("missing_file");
        let result = directory.join("result.txt");
        fs::write(&result, "of the last run\n").unwrap();
        let flow = dataflow! {
            let lines = input(FileLines::new(directory.join("no_such_file.txt")));
            lines.output(FileSink::new(&result));
        };
        let error = flow.named("copy").run().unwrap_err();
        assert!(matches!(&error, flow::Error::Start { step: "lines", .. }), "{error:?}");
        says(&error, &["`copy`", "`lines`", "no_such_file.txt"]);
        assert_eq!(fs::read_to_string(&result).unwrap(), "of the last run\n");
    }

    #[test]
    fn nothing_is_emptied_for_a_flow_with_an_argument_that_cannot_be() {
        let directory = fresh_directory("refused_argument");
        let (first, second) = (directory.join("first.txt"), directory.join("second.txt"));
        let nobody = 0;
        let refused = |error: flow::Error| {
            assert!(matches!(&error, flow::Error::Start { step: "lists", .. }), "{error:?}");
            for file in [&first, &second] {
                assert_eq!(fs::read_to_string(file).unwrap(), "of the last run\n");
            }
        };
        for file in [&first, &second] {
            fs::write(file, "of the last run\n").unwrap();
        }
        let batches = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            numbers.output(FileSink::new(&first));
            let lists = numbers.key_on(|number| number % 2).collect(timeout = 10s, max_size = nobody);
            lists.map(|(key, list)| key + list.len()).output(FileSink::new(&second));
        };
        refused(batches.run().unwrap_err());
        // Ways that meet again: items go one by one.
        let items = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            numbers.output(FileSink::new(&first));
            let lists = numbers.key_on(|number| number % 2).collect(timeout = 10s, max_size = nobody);
            let lengths = lists.map(|(_, list)| list.len());
            merge(numbers, lengths).output(FileSink::new(&second));
        };
        refused(items.run().unwrap_err());
    }

    #[test]
    fn a_file_that_cannot_be_made_is_an_error_that_names_it() {
        let path = fresh_directory("cannot_be_made").join("no_such_directory").join("result.txt");
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            numbers.output(FileSink::new(path));
        };
        let error = flow.named("dump").run().unwrap_err();
        assert!(matches!(&error, flow::Error::Start { .. }), "{error:?}");
        says(&error, &["`dump`", "no_such_directory", "output"]);
    }

    #[test]
    fn a_line_that_is_no_text_is_an_error_behind_the_lines_before_it() {
        let path = fresh_directory("no_text").join("lines.txt");
        fs::write(&path, b"one\ntwo\n\xff\xfe\nfour\n").unwrap();
        let sink = CollectingSink::new();
        let items = sink.collected();
        let flow = dataflow! {
            let lines = input(FileLines::new(&path));
            lines.output(sink);
        };
        let error = flow.run().unwrap_err();
        assert!(matches!(&error, flow::Error::Source { step: "lines", .. }), "{error:?}");
        says(&error, &["lines.txt:3"]);
        assert_eq!(items.take(), ["one", "two"]);
    }

    #[test]
    fn a_failing_sink_ends_the_run() {
        every_way(|way| {
            let flow = dataflow! {
                let numbers = input(TestingSource::new(0..10));
                let doubled = numbers.map(|number| number * 2);
                doubled.output(Full(3));
            };
            let mut running = way.start(flow.named("jar"), simulated());
            let error = loop {
                match running.poll(Waker::noop()) {
                    Ok(progress) => assert_eq!(progress, Progress::Busy, "{way:?}"),
                    Err(error) => break error,
                }
            };
            assert!(matches!(&error, flow::Error::Sink { .. }), "{error:?}");
            says(&error, &["`jar`", "doubled", "output", "no room"]);
            let again = running.poll(Waker::noop()).unwrap_err();
            assert!(matches!(&again, flow::Error::Ended { .. }), "{again:?}");
            says(&again, &["`jar`"]);
        });
    }

    #[test]
    fn a_sink_that_cannot_flush_ends_the_run() {
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..10));
            numbers.output(Stuck);
        };
        let error = flow.run().unwrap_err();
        assert!(matches!(&error, flow::Error::Sink { .. }), "{error:?}");
        says(&error, &["it is stuck"]);
    }

    #[test]
    fn a_timestamp_out_of_range_is_an_error_that_names_it() {
        every_way(|way| {
            let year_3000 = Utc.with_ymd_and_hms(3000, 1, 1, 0, 0, 0).unwrap();
            let flow = dataflow! {
                let times = input(TestingSource::new([at(0), year_3000]));
                let keyed = times.key_on(|_| 'k');
                let windows = keyed.collect_window(
                    clock = EventClock(|time| *time, wait_for_system_duration = 0s),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                );
                windows.down.output(|_| {});
            };
            let error = way.start(flow.named("far"), simulated()).run().unwrap_err();
            assert!(
                matches!(&error, flow::Error::Time { step: "windows", cause, .. } if cause.time() == year_3000),
                "{error:?}"
            );
            says(&error, &["`far`", "`windows`", "3000"]);
        });
    }

    #[test]
    fn a_window_out_of_range_is_an_error_that_names_the_item() {
        every_way(|way| {
            let last_day = Utc.with_ymd_and_hms(2262, 4, 11, 0, 0, 0).unwrap();
            let flow = dataflow! {
                let times = input(TestingSource::new([at(0), last_day]));
                let keyed = times.key_on(|_| 'k');
                let windows = keyed.collect_window(
                    clock = EventClock(|time| *time, wait_for_system_duration = 0s),
                    windower = TumblingWindower(length = 365d, align_to = at(0)),
                    ordered = false,
                );
                windows.down.output(|_| {});
            };
            let error = way.start(flow, simulated()).run().unwrap_err();
            assert!(
                matches!(&error, flow::Error::Time { step: "windows", cause, .. } if cause.time() == last_day),
                "{error:?}"
            );
        });
    }

    #[test]
    fn values_that_cannot_be_are_refused_when_the_flow_starts() {
        let refused = |error: flow::Error, word: &str| {
            assert!(matches!(&error, flow::Error::Start { step: "step", .. }), "{error:?}");
            says(&error, &["`step`", word]);
        };
        let (none, no_time) = (0, TimeDelta::zero());
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            let keyed = numbers.key_on(|_| ());
            let step = keyed.collect(timeout = 10s, max_size = none);
            step.output(|_| {});
        };
        refused(flow.run().unwrap_err(), "max_size");
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            let keyed = numbers.key_on(|_| ());
            let step = keyed.collect(timeout = no_time, max_size = 3);
            step.output(|_| {});
        };
        refused(flow.run().unwrap_err(), "timeout");
        let flow = dataflow! {
            let seconds = input(TestingSource::new(0..3));
            let keyed = seconds.key_on(|_| ());
            let step = keyed.collect_window(
                clock = EventClock(|second| at(*second), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = no_time, align_to = at(0)),
            );
            step.down.output(|_| {});
        };
        refused(flow.run().unwrap_err(), "length");
        let year_3000 = Utc.with_ymd_and_hms(3000, 1, 1, 0, 0, 0).unwrap();
        let flow = dataflow! {
            let seconds = input(TestingSource::new(0..3));
            let keyed = seconds.key_on(|_| ());
            let step = keyed.collect_window(
                clock = EventClock(|second| at(*second), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = year_3000),
            );
            step.down.output(|_| {});
        };
        refused(flow.run().unwrap_err(), "align_to");
        for below_zero in [TimeDelta::seconds(-1), TimeDelta::MIN] {
            let flow = dataflow! {
                let seconds = input(TestingSource::new(0..3));
                let keyed = seconds.key_on(|_| ());
                let step = keyed.collect_window(
                    clock = EventClock(|second| at(*second), wait_for_system_duration = below_zero),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                );
                step.down.output(|_| {});
            };
            refused(flow.run().unwrap_err(), "wait_for_system_duration");
        }
    }

    /// Whatever item is refused, the step that refused it is to blame.
    #[track_caller]
    fn panics(flow: impl Dataflow, step: &str) {
        let error = flow.named("nervous").run_in(simulated()).unwrap_err();
        let flow::Error::Panic { flow, step: blamed, message } = &error else { panic!("{error:?}") };
        assert_eq!((flow.as_str(), *blamed, message.as_str()), ("nervous", step, "not two!"));
        says(&error, &["`nervous`", &format!("`{step}`"), "not two!"]);
    }

    /// Panics at two.
    fn no_two(number: i32) -> i32 {
        assert!(number != 2, "not two!");
        number
    }

    #[test]
    fn a_panic_is_laid_at_the_door_of_a_step_without_state() {
        let numbers = || TestingSource::new(0..4);
        panics(
            dataflow! { let culprit = input(TestingSource::new((0..4).map(no_two))); culprit.output(|_| {}); },
            "culprit",
        );
        panics(
            dataflow! { let all = input(numbers()); let culprit = all.map(no_two); culprit.output(|_| {}); },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.filter(|number| no_two(*number) > 0);
                culprit.map(|number| number + 1).output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.filter_map(|number| Some(no_two(number)));
                culprit.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                // It is the iterator that panics, when the closure is long done.
                let culprit = all.flat_map(|number| (0..number).map(|below| no_two(below + 1)));
                culprit.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.inspect(|number| assert_eq!(no_two(*number), *number));
                culprit.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.branch(|number| no_two(*number) > 0);
                culprit.trues.output(|_| {});
                culprit.falses.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.try_map(|number| Ok::<i32, ()>(no_two(number)));
                culprit.ok.output(|_| {});
                culprit.err.output(|()| {});
            },
            "culprit",
        );
    }

    #[test]
    fn a_panic_is_laid_at_the_door_of_a_keyed_step() {
        let numbers = || TestingSource::new(0..4);
        panics(
            dataflow! {
                let all = input(numbers());
                let culprit = all.key_on(|number| no_two(*number));
                culprit.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let keyed = all.key_on(|_| ());
                let culprit = keyed.map_value(no_two);
                culprit.output(|_| {});
            },
            "culprit",
        );
        panics(
            dataflow! {
                let all = input(numbers());
                let keyed = all.key_on(|_| ());
                let culprit = keyed.stateful_map(|state, number| (state.or(Some(())), no_two(number)));
                culprit.output(|_| {});
            },
            "culprit",
        );
        let event_clock_panics = dataflow! {
            let all = input(numbers());
            let keyed = all.key_on(|_| ());
            let culprit = keyed.collect_window(
                clock = EventClock(|number| at(i64::from(no_two(*number))), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            culprit.down.output(|_| {});
        };
        panics(event_clock_panics, "culprit");
        let folder_panics_at_the_end_of_input = dataflow! {
            let all = input(numbers());
            let keyed = all.key_on(|_| ());
            let culprit = keyed.fold_window(
                clock = EventClock(|number| at(i64::from(*number)), wait_for_system_duration = 1d),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                builder = || 0,
                folder = |sum, number| sum + no_two(number),
                merger = |one, other| one + other,
            );
            culprit.down.output(|_| {});
        };
        panics(folder_panics_at_the_end_of_input, "culprit");
    }

    #[test]
    fn a_panicking_sink_is_known_by_its_stream() {
        let flow = dataflow! {
            let all = input(TestingSource::new(0..4));
            let odd = all.filter(|number| number % 2 == 1);
            odd.output(|_| {});
            all.output(|number| assert_eq!(no_two(number), number));
        };
        let output = flow.graph().steps.iter().filter(|step| step.operator == "output").nth(1).unwrap().name;
        assert!(output.contains("all"), "{output}");
        panics(flow, output);
    }

    #[test]
    fn a_flow_without_a_name_is_known_by_its_place() {
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..4));
            numbers.output(Full(0));
        };
        let error = flow.run().unwrap_err();
        says(&error, &["engine::errors:"]);
    }
}

mod report {
    use super::*;

    #[test]
    fn a_report_says_what_went_in_and_out() {
        every_way(|way| {
            let flow = dataflow! {
                let numbers = input(TestingSource::new(0..10));
                let few = numbers.filter(|number| *number < 7);
                let twice = few.flat_map(|number| [number, number]);
                let (odd, even) = twice.branch(|number| number % 2 == 1);
                let all = merge(odd, numbers);
                let keyed = all.key_on(|number| number % 2);
                let lists = keyed.collect(timeout = 1s, max_size = 4);
                lists.output(|_| {});
                even.output(|_| {});
            };
            let report = way.start(flow.named("mill"), simulated()).run().unwrap();
            assert_eq!(report.flow(), "mill");
            let through = |name: &str| {
                let step = report.step(name).unwrap_or_else(|| panic!("no step `{name}`: {report}"));
                (step.items_in, step.items_out)
            };
            assert_eq!(through("numbers"), (0, 10), "{way:?}");
            assert_eq!(through("few"), (10, 7), "{way:?}");
            assert_eq!(through("twice"), (7, 14), "{way:?}");
            assert_eq!(through("all"), (6 + 10, 16), "{way:?}");
            assert_eq!(through("keyed"), (16, 16), "{way:?}");
            // Of the odd ones 6 + 5 come, which makes lists of 4, 4 and 3; of the even ones 5: 4 and 1.
            assert_eq!(through("lists"), (16, 5), "{way:?}");
            let branch = report.steps().iter().find(|step| step.operator == "branch").unwrap();
            assert_eq!((branch.items_in, branch.items_out), (14, 14), "{way:?}");
            assert_eq!(branch.ports, [("trues", 6), ("falses", 8)], "{way:?}");
            let outputs = report.steps().iter().filter(|step| step.operator == "output");
            assert_eq!(
                outputs.map(|step| (step.items_in, step.items_out)).collect::<Vec<_>>(),
                [(5, 0), (8, 0)]
            );
            assert_eq!(report.late_untaken(), 0);
        });
    }

    #[test]
    fn late_items_that_nobody_takes_are_counted() {
        every_way(|way| {
            let flow = dataflow! {
                let seconds = input(TestingSource::new([0, 25, 3, 26, 4, 5, 30]));
                let keyed = seconds.key_on(|_| ());
                let windows = keyed.collect_window(
                    clock = EventClock(|second| at(*second), wait_for_system_duration = 1s),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                );
                windows.down.output(|_| {});
            };
            let report = way.start(flow, simulated()).run().unwrap();
            assert_eq!(report.late_untaken(), 3, "3, 4 and 5: {way:?}");
            let windows = report.step("windows").unwrap();
            assert_eq!((windows.late_untaken, windows.items_in), (3, 7), "{way:?}");
            assert_eq!(windows.ports, [("down", 3)], "{way:?}");
            assert!(report.to_string().contains("late, taken by nobody: 3"), "{report}");
        });
    }

    #[test]
    fn late_items_that_somebody_takes_are_not_counted_as_lost() {
        let flow = dataflow! {
            let seconds = input(TestingSource::new([0, 25, 3, 26, 4, 5, 30]));
            let keyed = seconds.key_on(|_| ());
            let windows = keyed.collect_window(
                clock = EventClock(|second| at(*second), wait_for_system_duration = 1s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            windows.late.output(|_| {});
            windows.meta.output(|_| {});
        };
        let report = flow.run_in(simulated()).unwrap();
        assert_eq!(report.late_untaken(), 0);
        assert_eq!(report.step("windows").unwrap().ports, [("late", 3), ("meta", 3)]);
    }
}

fn fresh_directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("engine").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

mod files {
    use super::*;

    fn lines_of(content: &str, way: Way) -> Vec<String> {
        let path = fresh_directory("lines").join(format!("{}_{}.txt", way.batch, way.partitions));
        fs::write(&path, content).unwrap();
        let sink = CollectingSink::new();
        let lines = sink.collected();
        let flow = dataflow! {
            let lines = input(FileLines::new(path));
            lines.output(sink);
        };
        way.start(flow, simulated()).run().unwrap();
        lines.take()
    }

    #[test]
    fn lines_end_with_or_without_a_carriage_return_and_the_last_one_may_just_end() {
        every_way(|way| {
            assert_eq!(lines_of("unix\nwindows\r\n\n\r\nlast", way), ["unix", "windows", "", "", "last"]);
            assert_eq!(lines_of("a\rb\n", way), ["a\rb"], "a carriage return alone ends nothing");
            assert_eq!(lines_of("whole\n", way), ["whole"], "no empty line behind the last");
            assert!(lines_of("", way).is_empty());
        });
    }

    #[test]
    fn lines_are_parsed_in_place() {
        let path = fresh_directory("parsed").join("numbers.txt");
        fs::write(&path, "1\n22\r\nx\n333").unwrap();
        let sink = CollectingSink::new();
        let numbers = sink.collected();
        let flow = dataflow! {
            let parsed = input(FileLines::new(path).parse(|line| line.parse::<u32>()));
            parsed.flatten().output(sink);
        };
        flow.run().unwrap();
        assert_eq!(numbers.take(), [1, 22, 333]);
    }

    #[test]
    fn a_file_is_written_in_whole_lines() {
        let path = fresh_directory("written").join("numbers.txt");
        fs::write(&path, "what was there before is longer than what comes").unwrap();
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..3));
            numbers.output(FileSink::new(&path));
        };
        flow.run().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "0\n1\n2\n");
    }

    /// What is written is out when an activation is over, not only at the end of the run.
    #[test]
    fn what_is_written_is_out_behind_each_activation() {
        let path = fresh_directory("flushed").join("numbers.txt");
        let (sender, source) = channel(10);
        let flow = dataflow! {
            let numbers = input(source);
            numbers.output(FileSink::new(&path));
        };
        let mut running = flow.start(simulated());
        for (number, expected) in [(1, "1\n"), (2, "1\n2\n")] {
            sender.send(number).unwrap();
            settle(&mut running);
            assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        }
    }

    /// A run that ends in the middle leaves all that had come out before.
    #[test]
    fn a_failed_run_leaves_whole_lines() {
        let path = fresh_directory("failed").join("numbers.txt");
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..100));
            let checked = numbers.inspect(|number| assert!(*number < 50, "too much"));
            checked.output(FileSink::new(&path));
        };
        let error = flow.run().unwrap_err();
        assert!(matches!(error, flow::Error::Panic { step: "checked", .. }), "{error}");
        let expected: Vec<_> = (0..50).map(|number| number.to_string()).collect();
        assert_eq!(fs::read_to_string(&path).unwrap(), expected.join("\n") + "\n");
    }
}

mod language {
    use super::*;

    /// Counts how often each key comes.
    fn counted<K, S>(source: S, sink: impl Sink<(K, u32)>) -> impl Dataflow
    where
        K: Key + Debug,
        S: Source<Item = K>,
    {
        dataflow! {
            let keys = input(source);
            let keyed = keys.key_on(|key| key.clone());
            let counts = keyed.stateful_map(|count, _| {
                let count = count.unwrap_or(0) + 1;
                (Some(count), count)
            });
            counts.output(sink);
        }
    }

    #[test]
    fn a_generic_function_gives_a_flow() {
        let sink = CollectingSink::new();
        let counts = sink.collected();
        counted(TestingSource::new(["a", "b", "a"]), sink).run().unwrap();
        assert_eq!(counts.take(), [("a", 1), ("b", 1), ("a", 2)]);
        let sink = CollectingSink::new();
        let counts = sink.collected();
        counted(IterSource::new([Some(7), None, None]), sink).run().unwrap();
        assert_eq!(counts.take(), [(Some(7), 1), (None, 1), (None, 2)]);
    }

    #[test]
    fn a_flow_borrows_and_changes_what_is_around_it() {
        let words = vec!["apple".to_owned(), "bean".to_owned()];
        let mut longest = "";
        let mut letters = 0;
        let flow = dataflow! {
            let borrowed = input(IterSource::new(&words));
            let seen = borrowed.inspect(|word| letters += word.len());
            seen.output(|word| if word.len() > longest.len() { longest = word; });
        };
        flow.run().unwrap();
        assert_eq!((longest, letters, words.len()), ("apple", 9, 2));
    }

    #[test]
    fn a_written_type_says_what_an_item_is() {
        let sink = CollectingSink::new();
        let numbers = sink.collected();
        let flow = dataflow! {
            let lines: Stream<&str> = input(TestingSource::new(["1", "2"]));
            let n: Stream<u64> = lines.map(|line| line.parse().unwrap());
            let keyed: KeyedStream<bool, u64> = n.key_on(|n| n % 2 == 0);
            let plain: Stream<u64> = keyed.key_rm();
            plain.output(sink);
        };
        flow.run().unwrap();
        assert_eq!(numbers.take(), [1_u64, 2]);
    }

    #[derive(Clone)]
    struct Request {
        page: &'static str,
        second: i64,
        status: u16,
        bytes: u64,
    }

    struct Summary {
        requests: u32,
        errors: u32,
        bytes: u64,
    }

    #[test]
    fn an_accumulator_has_fields() {
        let request = |page, second, status, bytes| Request { page, second, status, bytes };
        let requests = [
            request("/", 3, 200, 10),
            request("/", 1, 500, 20),
            request("/x", 2, 404, 1),
            request("/", 12, 200, 5),
        ];
        let sink = CollectingSink::new();
        let summaries = sink.collected();
        let flow = dataflow! {
            let requests = input(TestingSource::new(requests));
            let by_page = requests.key_on(|request| request.page);
            let windows = by_page.fold_window(
                clock = EventClock(|request| at(request.second), wait_for_system_duration = 5s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                builder = || Summary { requests: 0, errors: 0, bytes: 0 },
                folder = |mut summary, request| {
                    summary.requests += 1;
                    summary.errors += u32::from(request.status >= 400);
                    summary.bytes += request.bytes;
                    summary
                },
                merger = |mut one, other| {
                    one.requests += other.requests;
                    one.errors += other.errors;
                    one.bytes += other.bytes;
                    one
                },
            );
            let rows = windows.down.map(|(page, (id, summary))| {
                (page, id, summary.requests, summary.errors, summary.bytes)
            });
            rows.output(sink);
        };
        flow.run_in(simulated()).unwrap();
        assert_eq!(summaries.take(), [("/", 0, 2, 1, 30), ("/", 1, 1, 0, 5), ("/x", 0, 1, 1, 1)]);
    }

    /// The form with parentheses is the one that rustfmt formats.
    #[test]
    fn a_block_may_stand_in_parentheses() {
        let mut sum = 0;
        let flow = dataflow!({
            let numbers = input(TestingSource::new(0..4));
            numbers.output(|number| sum += number);
        });
        flow.run().unwrap();
        assert_eq!(sum, 6);
    }

    #[test]
    fn streams_may_be_called_like_what_they_are_made_of() {
        let numbers = vec![1, 2, 3];
        let double = 2;
        let sink = CollectingSink::new();
        let got = sink.collected();
        let flow = dataflow! {
            let numbers = input(IterSource::new(numbers));
            let double = numbers.map(|number| number * double);
            double.output(sink);
        };
        flow.run().unwrap();
        assert_eq!(got.take(), [2, 4, 6]);
    }

    /// The names that the expansion uses itself, as far as a reader of it can know them.
    #[test]
    fn closures_see_the_variables_around_them_whatever_they_are_called() {
        let (state, activation, emission, settled) = (1, 10, 100, 1000);
        let (numbers_op, numbers_in, keyed_in, sums_out, numbers_count) = (1, 1, 1, 1, 1);
        let sink = CollectingSink::new();
        let got = sink.collected();
        let flow = dataflow! {
            let numbers = input(IterSource::new([0, 1]));
            let shifted = numbers.map(|number| number + state + activation + emission + settled);
            let keyed = shifted.key_on(|_| numbers_op + keyed_in);
            let sums = keyed.stateful_map(|sum, number| {
                let sum = sum.unwrap_or(0) + number + sums_out + numbers_in;
                (Some(sum), sum)
            });
            let values = sums.key_rm();
            let all = merge(values, shifted);
            all.map(|sum| sum + numbers_count).output(sink);
        };
        flow.run().unwrap();
        assert_eq!(got.take(), [1114, 1112, 2228, 1113]);
    }

    /// Streams may have the names of the expansion's variables.
    #[test]
    fn streams_may_be_called_like_what_stands_between_steps() {
        let sink = CollectingSink::new();
        let got = sink.collected();
        let flow = dataflow! {
            let numbers = input(IterSource::new([1, 2, 3]));
            let a_op = numbers.map(|number| number + 1);
            let a = a_op.map(|number| number * 2);
            let keyed = a.key_on(|_| ());
            let sums_in = keyed.filter_value(|number| *number > 4);
            let sums = sums_in.stateful_map(|sum, number| {
                let sum = sum.unwrap_or(0) + number;
                (Some(sum), sum)
            });
            let met_in = sums.key_rm();
            let met_from_0 = met_in.map(|sum| sum);
            let a_count = a.map(|number| number);
            let met = merge(met_from_0, a_count);
            met.output(sink);
        };
        flow.run().unwrap();
        assert_eq!(got.take(), [4, 6, 6, 14, 8]);
    }

    /// Two streams are parted, and the first part of each goes into the same merge.
    #[test]
    fn parted_streams_meet_twice() {
        let sink = CollectingSink::new();
        let got = sink.collected();
        let flow = dataflow! {
            let left = input(IterSource::new([1, 2]));
            let right = input(IterSource::new([10, 20]));
            let first = merge(left, right);
            let sums = first.key_on(|_| ()).stateful_map(|sum, number| {
                let sum = sum.unwrap_or(0) + number;
                (Some(sum), sum)
            });
            let values = sums.key_rm();
            let second = merge(values, left, right);
            second.output(sink);
        };
        flow.run().unwrap();
        assert_eq!(got.take(), [1, 1, 11, 10, 13, 2, 33, 20]);
    }

    /// Nothing that the expansion names may be found in the scope of the user.
    mod without_a_prelude {
        #![no_implicit_prelude]
        #![expect(dead_code, non_camel_case_types, reason = "the names are what matters")]

        struct Some;
        struct None;
        struct Ok;
        struct Err;
        struct Option;
        struct Result;
        struct Vec;
        struct String;
        struct Iterator;
        struct Stream;
        struct KeyedStream;
        struct TimeDelta;
        struct Flow;
        struct bool;
        struct u32;
        struct u64;
        struct i64;
        struct usize;
        struct str;
        mod core {}
        mod std {}
        mod alloc {}
        mod chrono {}

        pub(super) fn flow(
            numbers: impl ::std::iter::IntoIterator<Item = i32>,
            full: ::flow::sinks::CollectingSink<(i32, ::std::vec::Vec<i32>)>,
            all: ::flow::sinks::CollectingSink<i32>,
        ) -> impl ::flow::engine::Dataflow {
            ::flow::dataflow! {
                let numbers = input(::flow::sources::IterSource::new(numbers));
                let few: Stream<i32> = numbers.filter(|number| *number < 8);
                let more = few.filter_map(::std::option::Option::Some);
                let twice = more.flat_map(|number| [number, number]);
                let (odd, even) = twice.branch(|number| *number % 2 == 1);
                let keyed: KeyedStream<i32, i32> = odd.key_on(|number| *number % 3);
                let lists = keyed.collect(timeout = 10s, max_size = 2);
                lists.map_value(|list| list.into_vec()).output(full);
                let windows = keyed.collect_window(
                    clock = EventClock(
                        |number| ::flow::time::Timestamp::from_nanoseconds(::std::convert::From::from(*number)),
                        wait_for_system_duration = 1.5s,
                    ),
                    windower = TumblingWindower(
                        length = 1h,
                        align_to = ::flow::time::Timestamp::from_nanoseconds(0).to_datetime(),
                    ),
                );
                windows.down.inspect(|_| {});
                let back = keyed.key_rm();
                let met = merge(even, back, few);
                met.output(all);
            }
        }
    }

    #[test]
    fn a_block_finds_nothing_in_the_scope_around_it() {
        let (lists, all) = (CollectingSink::new(), CollectingSink::new());
        let (got_lists, got_all) = (lists.collected(), all.collected());
        without_a_prelude::flow([1, 2, 9, 5], lists, all).run().unwrap();
        assert_eq!(got_lists.take(), [(1, vec![1, 1]), (2, vec![5, 5])]);
        assert_eq!(got_all.take(), [1, 1, 1, 2, 2, 2, 5, 5, 5]);
    }

    /// An item of the test's own that only a few traits hold for.
    #[test]
    fn items_need_nothing_that_is_not_used() {
        struct Bare(u8);
        let mut sum = 0;
        let flow = dataflow! {
            let bare = input(IterSource::new([Bare(1), Bare(2)]));
            let keyed = bare.key_on(|bare| bare.0);
            let lists = keyed.collect(timeout = 1s, max_size = 1);
            lists.output(|(_, list)| list.into_iter().for_each(|bare| sum += bare.0));
        };
        flow.run().unwrap();
        assert_eq!(sum, 3);
    }

    /// `Display` of a flow's own types is what `FileSink` asks for; here it is only looked at.
    fn shown(value: impl Display) -> String {
        value.to_string()
    }

    #[test]
    fn a_windower_and_a_clock_may_be_values() {
        let windower = TumblingWindower::new(TimeDelta::seconds(10), at(0));
        let sink = CollectingSink::new();
        let ids = sink.collected();
        let flow = dataflow! {
            let seconds = input(TestingSource::new([1, 11, 21]));
            let keyed = seconds.key_on(|_| ());
            let windows = keyed.collect_window(
                windower = windower,
                clock = EventClock(|second| at(*second), wait_for_system_duration = 0s),
            );
            windows.down.map(|((), (id, _))| shown(id)).output(sink);
        };
        flow.run_in(simulated()).unwrap();
        assert_eq!(ids.take(), ["0", "1", "2"]);
    }
}

/// Arguments may come from a macro of the user's, as whole expressions.
#[test]
fn arguments_from_a_macro() {
    macro_rules! counted {
        ($clock:expr, $windower:expr, $seconds:expr) => {{
            let sink = CollectingSink::new();
            let collected = sink.collected();
            let flow = dataflow! {
                let seconds = input(TestingSource::new($seconds)).key_on(|_| 'k');
                let counts = seconds.count_window(clock = $clock, windower = $windower);
                counts.down.output(sink);
            };
            flow.run_in(StillTime::at(DateTime::UNIX_EPOCH)).unwrap();
            collected.take()
        }};
    }
    let counts = counted!(
        EventClock(|second| DateTime::from_timestamp(*second, 0).unwrap(), wait_for_system_duration = 0s),
        TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH),
        [1, 2, 11]
    );
    assert_eq!(counts, [('k', (0, 2)), ('k', (1, 1))]);
}

/// A step whose input has ended keeps nothing, although others go on.
#[test]
fn a_step_whose_input_has_ended_gives_all_back() {
    let at = |second| DateTime::UNIX_EPOCH + TimeDelta::seconds(second);
    let key: Rc<str> = Rc::from("key");
    let keys = vec![Rc::clone(&key)];
    let mut counts = Vec::new();
    let flow = dataflow! {
        let ends_early = input(TestingSource::new(keys));
        let keyed = ends_early.key_on(|key| key.clone()).map_value(|_| 1);
        let sums = keyed.stateful_map(|sum, value| (Some(sum.unwrap_or(0) + value), value));
        let last = sums.reduce_final(|_, value| value);
        last.output(|_| {});
        let goes_on = input(TimedSource::new([(at(1), 1)]));
        goes_on.inspect(|_| counts.push(Rc::strong_count(&key)));
    };
    flow.run_in(SimulatedTime::starting_at(at(0))).unwrap();
    assert_eq!(counts, [1]);
}
