//! Sources of one's own and those that are there: partitions, positions, polling, files, threads.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flow::error::BoxError;
use flow::prelude::*;
use flow::sources::{
    Batch, Partition, Partitioned, PartitionedSource, PollError, Source, SourceStatus, TrySendError,
};
use flow::testing::{Kit, next_batch, with_each_batch_limit};
use proptest::prelude::*;

/// So many seconds into 2022.
fn at(second: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap() + TimeDelta::seconds(second)
}

fn fresh_directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sources").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// Takes all that a source gives at one time, `limit` items at once; fails where it spins.
fn drain<S: Source>(source: &mut S, limit: usize, now: DateTime<Utc>) -> (Vec<S::Item>, SourceStatus) {
    let mut all = Vec::new();
    for _ in 0..10_000 {
        let (items, status) = next_batch(source, limit, now).unwrap();
        all.extend(items);
        if status != SourceStatus::Ready {
            return (all, status);
        }
    }
    panic!("it is always ready");
}

/// The error's text.
fn refused<T: std::fmt::Debug>(outcome: Result<T, impl ToString + std::fmt::Debug>) -> String {
    outcome.unwrap_err().to_string()
}

/// Partitions that play a script: items and the seconds from which they are there.
#[derive(Clone, Debug)]
struct Scripts(Vec<(&'static str, Vec<(i64, u32)>)>);

/// A script, as far as it has been played; a counter of how often it was asked, and one of those not dropped.
#[derive(Debug)]
struct Script {
    items: Vec<(i64, u32)>,
    next: usize,
    asked: Rc<Cell<usize>>,
}

impl PartitionedSource for Scripts {
    type Part = Script;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok(self.0.iter().map(|(name, _)| (*name).to_owned()).collect())
    }

    fn build_part(&mut self, name: &str, position: Option<usize>) -> Result<Script, BoxError> {
        let (_, items) = self.0.iter().find(|(other, _)| *other == name).ok_or("no such script")?;
        Ok(Script { items: items.clone(), next: position.unwrap_or(0), asked: Rc::default() })
    }
}

impl Source for Script {
    type Item = u32;

    fn next_batch(&mut self, batch: &mut Batch<'_, u32>) -> Result<SourceStatus, BoxError> {
        self.asked.set(self.asked.get() + 1);
        loop {
            match self.items.get(self.next) {
                None => return Ok(SourceStatus::Ended),
                Some((second, _)) if at(*second) > batch.now() => {
                    return Ok(SourceStatus::IdleUntil(at(*second)));
                }
                Some(_) if batch.is_full() => return Ok(SourceStatus::Ready),
                Some((_, 666)) => return Err("the script is torn".into()),
                Some((_, item)) => batch.push(*item),
            }
            self.next += 1;
        }
    }
}

impl Partition for Script {
    type Position = usize;

    fn position(&self) -> usize {
        self.next
    }
}

mod partitions {
    use super::*;

    fn names() -> [&'static str; 4] {
        ["a", "b", "c", "d"]
    }

    /// What comes, worked out an item at a time: at each second, turn after turn, until nothing is there.
    fn expected(scripts: &Scripts, turn_length: usize) -> Vec<(DateTime<Utc>, u32)> {
        let mut left: Vec<VecDeque<_>> =
            scripts.0.iter().map(|(_, items)| items.iter().copied().collect()).collect();
        let mut came = Vec::new();
        for now in 0..=20 {
            while left.iter().any(|script| script.front().is_some_and(|(second, _)| *second <= now)) {
                for script in &mut left {
                    for _ in 0..turn_length {
                        match script.front().copied() {
                            Some((second, item)) if second <= now => came.push((at(now), item)),
                            _ => break,
                        }
                        script.pop_front();
                    }
                }
            }
        }
        came
    }

    fn scripts() -> impl Strategy<Value = Scripts> {
        // The seconds of a script only grow: an item waits for those before it.
        let script = prop::collection::vec((0..3_i64, 0..600_u32), 0..12).prop_map(|steps| {
            let mut second = 0;
            let later = |(pause, item)| {
                second += pause;
                (second.min(20), item)
            };
            steps.into_iter().map(later).collect::<Vec<_>>()
        });
        prop::collection::vec(script, 1..=4)
            .prop_map(|scripts| Scripts(names().into_iter().zip(scripts).collect()))
    }

    proptest! {
        #[test]
        fn turns_do_not_depend_on_batches(scripts in scripts(), turn_length in 1..5_usize) {
            with_each_batch_limit(at(0), |kit| {
                let (sink, came) = kit.output();
                let run = kit.start(dataflow! {
                    let numbers = input(Partitioned::new(scripts.clone()).turns_of(turn_length));
                    numbers.output(sink);
                });
                run.finish()?;
                assert_eq!(came.take_timed(), expected(&scripts, turn_length));
                Ok::<(), flow::Error>(())
            }).unwrap();
        }

        /// Wherever reading stops, what comes behind the positions is what had not come.
        #[test]
        fn positions_lead_to_the_rest(scripts in scripts(), turn_length in 1..5_usize, stops in 0..40_usize) {
            let read = |from: Vec<(String, usize)>, at_most: usize| {
                let mut source = Partitioned::new(scripts.clone()).turns_of(turn_length).from_positions(from);
                source.open().unwrap();
                let (mut came, mut status) = (0, SourceStatus::Ready);
                while came < at_most && status == SourceStatus::Ready {
                    let items;
                    (items, status) = next_batch(&mut source, (at_most - came).min(3), at(100)).unwrap();
                    came += items.len();
                }
                (came, source.positions())
            };
            let whole = |(name, items): &(&str, Vec<_>)| ((*name).to_owned(), items.len());
            let all: Vec<_> = scripts.0.iter().map(whole).collect();
            let (first, positions) = read(Vec::new(), stops);
            let (rest, ends) = read(positions.clone(), usize::MAX);
            prop_assert_eq!(first, positions.iter().map(|(_, position)| position).sum::<usize>());
            prop_assert_eq!(first + rest, all.iter().map(|(_, items)| items).sum::<usize>());
            prop_assert_eq!(ends, all);
        }
    }

    /// Scripts that let the test look at how often each was asked.
    struct Noting(Scripts, Rc<RefCell<Vec<Rc<Cell<usize>>>>>);

    impl PartitionedSource for Noting {
        type Part = Script;

        fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
            self.0.list_parts()
        }

        fn build_part(&mut self, name: &str, position: Option<usize>) -> Result<Script, BoxError> {
            let part = self.0.build_part(name, position)?;
            self.1.borrow_mut().push(Rc::clone(&part.asked));
            Ok(part)
        }
    }

    /// The second partition goes on while the first waits; nobody is asked before its time; and one that has
    /// ended is dropped at once.
    #[test]
    fn nobody_waits_for_an_idle_partition_and_nobody_spins() {
        let asked = Rc::new(RefCell::new(Vec::new()));
        let kit = Kit::starting_at(at(0));
        let (sink, came) = kit.output();
        let scripts =
            Scripts(vec![("slow", vec![(0, 1), (3600, 2)]), ("quick", vec![(0, 10), (1, 11), (2, 12)])]);
        let source = Noting(scripts, Rc::clone(&asked));
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.output(sink);
        });
        run.advance(TimeDelta::seconds(10)).unwrap();
        assert_eq!(came.take_timed(), [(at(0), 1), (at(0), 10), (at(1), 11), (at(2), 12)]);
        assert_eq!(run.next_due(), Some(at(3600)));
        let calls: Vec<_> = asked.borrow().iter().map(|asked| asked.get()).collect();
        assert_eq!(calls, [1, 3], "the slow one once, the quick one at each of its times");
        assert_eq!(run.activations(), 4, "at 0, 1, 2, and at 10 because the test says so");
        let held: Vec<_> = asked.borrow().iter().map(Rc::strong_count).collect();
        assert_eq!(held, [2, 1], "the quick one is gone");
        run.advance(TimeDelta::hours(1)).unwrap();
        assert_eq!(came.take_timed(), [(at(3600), 2)]);
        assert!(run.has_ended());
    }

    /// Partitions that say what they are told to and give nothing.
    struct Saying(Vec<SourceStatus>);

    struct Said(SourceStatus);

    impl PartitionedSource for Saying {
        type Part = Said;

        fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
            Ok((0..self.0.len()).map(|index| index.to_string()).collect())
        }

        fn build_part(&mut self, name: &str, _: Option<u8>) -> Result<Said, BoxError> {
            Ok(Said(self.0[name.parse::<usize>()?]))
        }
    }

    impl Source for Said {
        type Item = u32;

        fn next_batch(&mut self, _: &mut Batch<'_, u32>) -> Result<SourceStatus, BoxError> {
            Ok(self.0)
        }
    }

    impl Partition for Said {
        type Position = u8;

        fn position(&self) -> u8 {
            0
        }
    }

    #[test]
    fn the_earliest_time_and_the_waker_both_count() {
        use SourceStatus::{Ended, Idle, IdleAtMostUntil, IdleUntil, Ready};
        let rows = [
            (vec![], Ended),
            (vec![Ended, Ended], Ended),
            (vec![Ended, Idle], Idle),
            (vec![IdleUntil(at(7)), Ended, IdleUntil(at(5))], IdleUntil(at(5))),
            (vec![IdleUntil(at(7)), Idle], IdleAtMostUntil(at(7))),
            (vec![IdleAtMostUntil(at(9)), IdleUntil(at(8))], IdleAtMostUntil(at(8))),
            (vec![IdleAtMostUntil(at(3)), IdleUntil(at(8))], IdleAtMostUntil(at(3))),
            (vec![IdleUntil(at(0)), Idle], Ready),
            (vec![Idle, Ready], Ready),
        ];
        for (statuses, expected) in rows {
            let mut source = Partitioned::new(Saying(statuses.clone()));
            source.open().unwrap();
            let (items, status) = next_batch(&mut source, 10, at(1)).unwrap();
            assert!(items.is_empty());
            assert_eq!(status, expected, "{statuses:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_names() {
        let open = |source: Partitioned<Scripts>| {
            let mut source = source;
            refused(source.open())
        };
        let twice = Scripts(vec![("a", vec![]), ("b", vec![]), ("a", vec![])]);
        assert!(open(Partitioned::new(twice)).contains("`a`"));
        let unknown = Partitioned::new(Scripts(vec![("a", vec![])])).from_positions([("a", 0), ("z", 1)]);
        assert!(open(unknown).contains("`z`"));

        let torn = Scripts(vec![("good", vec![(0, 1), (0, 2)]), ("bad", vec![(0, 3), (0, 666), (0, 4)])]);
        with_each_batch_limit(at(0), |kit| {
            let (sink, came) = kit.output();
            let run = kit.start(dataflow! {
                let numbers = input(torn.clone());
                numbers.output(sink);
            });
            let error = run.finish().unwrap_err();
            assert!(matches!(&error, flow::Error::Source { step: "numbers", .. }), "{error}");
            assert!(error.to_string().contains("partition `bad`: the script is torn"), "{error}");
            assert_eq!(came.take(), [1, 2, 3], "what came before it has gone by");
            Ok::<(), flow::Error>(())
        })
        .unwrap();
    }
}

mod waking {
    use super::*;

    /// What a source is to give, and what it is to say then.
    type Answers = Rc<RefCell<VecDeque<(usize, SourceStatus)>>>;

    /// Gives so many items and says so.
    struct Answering(Answers);

    impl Source for Answering {
        type Item = ();

        fn next_batch(&mut self, batch: &mut Batch<'_, ()>) -> Result<SourceStatus, BoxError> {
            let (items, status) = self.0.borrow_mut().pop_front().ok_or("asked once too often")?;
            (0..items).for_each(|_| batch.push(()));
            Ok(status)
        }
    }

    /// Row `next-awake-default`, but that a source that has nothing and knows no time is not asked a
    /// millisecond later: it wakes the flow, or it says when.
    #[test]
    fn a_source_is_asked_when_it_wants_to_be() {
        use SourceStatus::{Ended, Idle, IdleUntil, Ready};
        let answers = Answers::default();
        let answer = |more: &[(usize, SourceStatus)]| answers.borrow_mut().extend(more);
        let kit = Kit::starting_at(at(0));
        let (sink, came) = kit.output();
        let source = Answering(Rc::clone(&answers));
        let mut run = kit.start(dataflow! {
            let items = input(source);
            items.output(sink);
        });
        answer(&[(0, IdleUntil(at(7)))]);
        run.settle().unwrap();
        assert_eq!((run.next_due(), run.activations()), (Some(at(7)), 1));
        run.advance(TimeDelta::seconds(6)).unwrap();
        assert_eq!(run.activations(), 3, "the test looked twice, and the source was not asked");
        // With items and without, a source that is ready is asked again at the same time. An idle one is
        // asked whenever somebody looks, as the test does when it has moved the time.
        answer(&[(1, Ready), (0, Ready), (0, Idle), (0, Idle)]);
        run.advance(TimeDelta::seconds(1)).unwrap();
        assert_eq!(came.take_timed(), [(at(7), ())]);
        assert_eq!((run.next_due(), answers.borrow().len()), (None, 0));
        answer(&[(2, Ended)]);
        run.settle().unwrap();
        assert_eq!((came.take().len(), run.has_ended()), (2, true));
    }
}

mod files {
    use super::*;

    fn lines() -> impl Strategy<Value = String> {
        prop::collection::vec("[a-c é]{0,5}(\\n|\\r\\n)", 0..12)
            .prop_flat_map(|lines| "[a-c]{0,3}".prop_map(move |last| lines.concat() + &last))
    }

    /// As the standard library reads them.
    fn of_text(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    proptest! {
        /// However much of a file has been read, reading goes on at its position with the next line.
        #[test]
        fn a_file_goes_on_at_its_position(text in lines(), stop in 0..15_usize, limit in 1..4_usize) {
            let path = fresh_directory("position").join("lines.txt");
            fs::write(&path, &text).unwrap();
            let mut lines = FileLines::new(&path);
            lines.open().unwrap();
            let mut read = Vec::new();
            while read.len() < stop {
                let (items, status) = next_batch(&mut lines, limit, at(0)).unwrap();
                read.extend(items);
                if status == SourceStatus::Ended {
                    break;
                }
            }
            let mut rest = FileLines::new(&path).from_position(lines.position());
            rest.open().unwrap();
            read.extend(drain(&mut rest, 100, at(0)).0);
            prop_assert_eq!(read, of_text(&text));
            prop_assert_eq!(rest.position(), text.len() as u64);
        }
    }

    /// What is appended behind the end comes when reading goes on there.
    #[test]
    fn a_file_that_has_grown_goes_on() {
        let path = fresh_directory("grown").join("log.txt");
        fs::write(&path, "one\ntwo\n").unwrap();
        let mut lines = FileLines::new(&path);
        lines.open().unwrap();
        assert_eq!(drain(&mut lines, 10, at(0)), (vec!["one".into(), "two".into()], SourceStatus::Ended));
        fs::write(&path, "one\ntwo\nthree\n\u{fffd}four").unwrap();
        let mut more = FileLines::new(&path).from_position(lines.position());
        more.open().unwrap();
        assert_eq!(drain(&mut more, 10, at(0)).0, ["three", "\u{fffd}four"]);
    }

    #[test]
    fn a_file_that_has_shrunk_is_refused() {
        let path = fresh_directory("shrunk").join("log.txt");
        fs::write(&path, "one\n").unwrap();
        let error = refused(FileLines::new(&path).from_position(5).open());
        assert!(error.contains("log.txt") && error.contains("byte 5") && error.contains("only 4"), "{error}");
        FileLines::new(&path).from_position(4).open().unwrap();
    }

    #[test]
    fn a_line_that_is_no_text_is_named_also_when_reading_began_further_down() {
        let path = fresh_directory("no_text").join("lines.txt");
        fs::write(&path, b"one\ntwo\n\xff\n").unwrap();
        let mut lines = FileLines::new(&path).from_position(4);
        lines.open().unwrap();
        let error = refused(next_batch(&mut lines, 10, at(0)));
        assert!(error.contains("lines.txt, line 2 from byte 4 on"), "{error}");
    }

    /// These lines of a file.
    fn of_file(name: &str, lines: Range<usize>) -> Vec<String> {
        lines.map(|line| format!("{name} {line}")).collect()
    }

    #[test]
    fn the_files_of_a_directory_take_turns_in_the_order_of_their_names() {
        let directory = fresh_directory("turns");
        for (name, lines) in [("b.log", 300), ("a.log", 257), ("c.log", 1), ("other.txt", 5)] {
            fs::write(directory.join(name), of_file(name, 0..lines).join("\n")).unwrap();
        }
        fs::create_dir(directory.join("d.log")).unwrap();
        let expected = [
            of_file("a.log", 0..256),
            of_file("b.log", 0..256),
            of_file("c.log", 0..1),
            of_file("a.log", 256..257),
            of_file("b.log", 256..300),
        ];
        let expected = expected.concat();
        let behind = [of_file("a.log", 0..257), of_file("b.log", 0..300), of_file("c.log", 0..1)].concat();
        with_each_batch_limit(at(0), |kit| {
            let (sink, in_turns) = kit.output();
            let (other, one_by_one) = kit.output();
            let files = || FilesLines::in_directory(&directory).ending_with(".log");
            let run = kit.start(dataflow! {
                let lines = input(files());
                lines.output(sink);
                let behind = input(Partitioned::new(files()).turns_of(usize::MAX));
                behind.output(other);
            });
            run.finish()?;
            assert_eq!(in_turns.take(), expected);
            assert_eq!(one_by_one.take(), behind);
            Ok::<(), flow::Error>(())
        })
        .unwrap();
    }

    #[test]
    fn files_that_are_named_are_read_and_parsed_in_that_order() {
        let directory = fresh_directory("named");
        for (name, text) in [("a", "3\n4"), ("b", "1\nx\n")] {
            fs::write(directory.join(name), text).unwrap();
        }
        let paths = ["b", "a"].map(|name| directory.join(name));
        let mut numbers = Partitioned::new(FilesLines::new(&paths).parse(|line| line.parse::<u32>().ok()));
        numbers.open().unwrap();
        assert_eq!(
            drain(&mut numbers, 1, at(0)),
            (vec![Some(1), None, Some(3), Some(4)], SourceStatus::Ended)
        );
        let names = paths.map(|path| path.to_str().unwrap().to_owned());
        assert_eq!(numbers.positions(), names.into_iter().zip([4, 3]).collect::<Vec<_>>());

        let twice = ["a", "a"].map(|name| directory.join(name));
        assert!(refused(Partitioned::new(FilesLines::new(twice)).open()).contains("two partitions"));
        let missing = refused(Partitioned::new(FilesLines::new([directory.join("gone")])).open());
        assert!(missing.contains("gone"), "{missing}");
        let missing = refused(Partitioned::new(FilesLines::in_directory(directory.join("no_such"))).open());
        assert!(missing.contains("no_such"), "{missing}");
        let bytes = FilesLines::new([directory.join("a")]).parse_bytes(<[u8]>::len);
        let mut bytes = Partitioned::new(bytes);
        bytes.open().unwrap();
        assert_eq!(drain(&mut bytes, 9, at(0)).0, [1, 1]);
    }
}

mod polling {
    use super::*;

    fn at_hour(hour: u32, minute: u32, second: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2023, 1, 1, hour, minute, second).unwrap()
    }

    const HALF_AN_HOUR: TimeDelta = TimeDelta::minutes(30);

    /// A source that gives nothing, and when it wants to be asked when it has been asked at `now`.
    fn next<F: FnMut() -> Result<Option<u8>, PollError>>(
        source: &mut PollingSource<F>,
        now: DateTime<Utc>,
    ) -> (Vec<u8>, SourceStatus) {
        next_batch(source, 10, now).unwrap()
    }

    /// Row `polling-align`: the first time, and then one interval behind the other.
    #[test]
    fn times_are_in_step() {
        let rows = [
            (at_hour(5, 0, 0), Some(at_hour(5, 0, 0)), at_hour(5, 0, 0)),
            (at_hour(5, 15, 0), Some(at_hour(4, 0, 0)), at_hour(5, 30, 0)),
            (at_hour(5, 0, 0), Some(at_hour(4, 0, 0)), at_hour(5, 0, 0)),
            // In step with what is still to come, and with nothing.
            (at_hour(5, 15, 0), Some(at_hour(9, 0, 0)), at_hour(5, 30, 0)),
            (at_hour(5, 15, 0), None, at_hour(5, 15, 0)),
        ];
        for (now, align_to, first) in rows {
            let kit = Kit::starting_at(now);
            let (sink, came) = kit.output();
            let source = PollingSource::new(HALF_AN_HOUR, || Ok(Some('x')));
            let source = match align_to {
                Some(time) => source.align_to(time),
                None => source,
            };
            let mut run = kit.start(dataflow! {
                let items = input(source);
                items.output(sink);
            });
            run.advance(TimeDelta::minutes(80)).unwrap();
            let expected = [first, first + HALF_AN_HOUR, first + HALF_AN_HOUR * 2];
            let expected = expected.into_iter().filter(|time| *time <= now + TimeDelta::minutes(80));
            assert_eq!(came.take_timed(), expected.map(|time| (time, 'x')).collect::<Vec<_>>());
        }
    }

    /// Row `polling-retry`, and what comes behind it.
    #[test]
    fn a_retry_comes_in_between() {
        let asks = |aligned: bool| {
            let mut answers = [Err(5), Err(7), Ok(Some(1)), Ok(None), Ok(Some(2))].into_iter();
            let ask = move || match answers.next() {
                Some(Ok(item)) => Ok(item),
                Some(Err(seconds)) => Err(PollError::RetryAfter(TimeDelta::seconds(seconds))),
                None => Err(PollError::Ended),
            };
            let source = PollingSource::new(HALF_AN_HOUR, ask);
            if aligned { source.align_to(at_hour(1, 0, 0)) } else { source }
        };
        let mut source = asks(false);
        assert_eq!(next(&mut source, at_hour(5, 0, 0)), (vec![], SourceStatus::IdleUntil(at_hour(5, 0, 5))));
        let rows = [
            (at_hour(5, 0, 5), vec![], SourceStatus::IdleUntil(at_hour(5, 0, 12))),
            (at_hour(5, 0, 12), vec![1], SourceStatus::IdleUntil(at_hour(5, 30, 12))),
            (at_hour(5, 30, 12), vec![], SourceStatus::IdleUntil(at_hour(6, 0, 12))),
            (at_hour(6, 0, 12), vec![2], SourceStatus::IdleUntil(at_hour(6, 30, 12))),
            (at_hour(6, 30, 12), vec![], SourceStatus::Ended),
        ];
        for (now, items, status) in rows {
            assert_eq!(next(&mut source, now), (items, status));
        }
        // In step with something, it stays so.
        let mut source = asks(true);
        let rows = [
            (at_hour(5, 0, 0), vec![], at_hour(5, 0, 5)),
            (at_hour(5, 0, 5), vec![], at_hour(5, 0, 12)),
            (at_hour(5, 0, 12), vec![1], at_hour(5, 30, 0)),
            (at_hour(5, 30, 0), vec![], at_hour(6, 0, 0)),
        ];
        for (now, items, until) in rows {
            assert_eq!(next(&mut source, now), (items, SourceStatus::IdleUntil(until)));
        }
    }

    /// After three hours of sleep there is one call, not six.
    #[test]
    fn missed_times_are_not_made_up_for() {
        let mut calls = 0_u8;
        let mut source = PollingSource::new(HALF_AN_HOUR, || {
            calls += 1;
            Ok(Some(calls))
        });
        assert_eq!(
            next(&mut source, at_hour(5, 10, 0)),
            (vec![1], SourceStatus::IdleUntil(at_hour(5, 40, 0)))
        );
        let late = at_hour(8, 15, 0);
        assert_eq!(next(&mut source, late), (vec![2], SourceStatus::IdleUntil(at_hour(8, 40, 0))));
        assert_eq!(
            next(&mut source, late),
            (vec![], SourceStatus::IdleUntil(at_hour(8, 40, 0))),
            "too early"
        );

        // A retry counts from the call that asked for it, however late that was.
        let retry = || Err::<Option<u8>, _>(PollError::RetryAfter(TimeDelta::seconds(5)));
        let mut source = PollingSource::new(HALF_AN_HOUR, retry).align_to(at_hour(5, 0, 0));
        assert_eq!(next(&mut source, at_hour(4, 59, 0)).1, SourceStatus::IdleUntil(at_hour(5, 0, 0)));
        assert_eq!(next(&mut source, at_hour(5, 20, 0)).1, SourceStatus::IdleUntil(at_hour(5, 20, 5)));
    }

    proptest! {
        /// The next time is the first of the grid behind now, found by walking there.
        #[test]
        fn the_next_time_is_the_first_in_step(
            start in -500..500_i64,
            interval in 1..40_i64,
            now in -500..500_i64,
        ) {
            let source = PollingSource::new(TimeDelta::seconds(interval), || Ok(Some(0)));
            let mut first = start - 2000 * interval;
            while first < now {
                first += interval;
            }
            let mut source = source.align_to(at(start));
            let (items, status) = next(&mut source, at(now));
            if first == now {
                prop_assert_eq!((items, status), (vec![0], SourceStatus::IdleUntil(at(first + interval))));
            } else {
                prop_assert_eq!((items, status), (vec![], SourceStatus::IdleUntil(at(first))));
            }
        }
    }

    #[test]
    fn any_other_error_ends_the_run() {
        let kit = Kit::starting_at(at(0));
        let mut run = kit.start(dataflow! {
            let numbers = input(PollingSource::new(HALF_AN_HOUR, || Ok(Some("seven".parse::<i32>()?))));
            numbers.output(|_| {});
        });
        let error = run.settle().unwrap_err();
        assert!(matches!(&error, flow::Error::Source { step: "numbers", .. }), "{error}");
        assert!(error.to_string().contains("invalid digit"), "{error}");
    }

    #[test]
    fn an_interval_that_cannot_be_is_refused() {
        for interval in [TimeDelta::zero(), TimeDelta::seconds(-1), TimeDelta::MIN] {
            let error = refused(PollingSource::new(interval, || Ok(Some(1))).open());
            assert!(error.contains("`interval`"), "{error}");
        }
        // One that nobody lives to see is none of these.
        let mut source = PollingSource::new(TimeDelta::MAX, || Ok(Some(1)));
        source.open().unwrap();
        let (items, status) = next(&mut source, at(0));
        assert_eq!(items, [1]);
        assert!(matches!(status, SourceStatus::IdleUntil(time) if time > at(1_000_000_000)), "{status:?}");
    }
}

mod threads {
    use super::*;

    #[test]
    fn another_kind_of_channel_feeds_a_flow() {
        let (sender, receiver) = mpsc::channel();
        let sink = CollectingSink::new();
        let came = sink.collected();
        let flow = dataflow! {
            let numbers = input(ThreadedSource::new(2, receiver));
            numbers.output(sink);
        };
        for number in 0..100 {
            sender.send(number).unwrap();
        }
        drop(sender);
        flow.run().unwrap();
        assert_eq!(came.take(), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_of_the_iterator_ends_the_run_behind_what_it_gave() {
        let sink = CollectingSink::new();
        let came = sink.collected();
        let numbers = (0..10).inspect(|number| assert!(*number < 3, "no more than two"));
        let flow = dataflow! {
            let numbers = input(ThreadedSource::new(100, numbers));
            numbers.output(sink);
        };
        let error = flow.run().unwrap_err();
        assert!(matches!(&error, flow::Error::Source { step: "numbers", .. }), "{error}");
        assert!(error.to_string().contains("no more than two"), "{error}");
        assert_eq!(came.take(), [0, 1, 2]);
    }

    /// A channel holds what its capacity says, takes more when the flow has taken some, and gives all that
    /// was sent before it closed.
    #[test]
    fn a_full_channel_says_so() {
        let kit = Kit::starting_at(at(0));
        let (sender, source) = channel(2);
        let (sink, came) = kit.output();
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.output(sink);
        });
        assert_eq!(
            [1, 2, 3].map(|number| sender.try_send(number)),
            [Ok(()), Ok(()), Err(TrySendError::Full(3))]
        );
        run.settle().unwrap();
        assert_eq!(came.take(), [1, 2]);
        sender.try_send(4).unwrap();
        drop(sender);
        run.settle().unwrap();
        assert_eq!(came.take(), [4]);
        assert!(run.has_ended());
        let (sender, source) = channel(2);
        drop(source);
        assert_eq!(sender.try_send(1), Err(TrySendError::Disconnected(1)));
    }
}
