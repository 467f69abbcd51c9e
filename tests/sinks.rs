//! Sinks of one's own and those that are there: when they are called, batches, parts, files.

use std::cell::RefCell;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::{DateTime, TimeDelta};
use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::{BatchSink, InBatches, PartitionedSink, Sink, adler32};
use flow::testing::{Kit, with_each_batch_limit};
use proptest::prelude::*;

const START: DateTime<chrono::Utc> = DateTime::UNIX_EPOCH;

/// What several sinks were told, in order.
#[derive(Clone, Debug, Default)]
struct Calls(Rc<RefCell<Vec<String>>>);

impl Calls {
    fn note(&self, who: &str, what: &dyn Display) {
        self.0.borrow_mut().push(format!("{who}: {what}"));
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// Notes every call.
struct Noting {
    name: &'static str,
    calls: Calls,
}

impl Sink<u32> for Noting {
    fn open(&mut self) -> Result<(), BoxError> {
        self.calls.note(self.name, &"open");
        Ok(())
    }

    fn write(&mut self, item: u32) -> Result<(), BoxError> {
        if item == 666 {
            return Err("the ink is out".into());
        }
        self.calls.note(self.name, &item);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        self.calls.note(self.name, &"flush");
        Ok(())
    }

    fn close(&mut self) -> Result<(), BoxError> {
        self.calls.note(self.name, &"close");
        Ok(())
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        self.calls.note(self.name, &"drop");
    }
}

/// Notes every batch.
struct NotingBatches {
    limit: usize,
    calls: Calls,
}

impl BatchSink<u32> for NotingBatches {
    fn open(&mut self) -> Result<(), BoxError> {
        self.calls.note("batches", &"open");
        Ok(())
    }

    /// Leaves items where they are, so that somebody else has to drop them.
    fn write_batch(&mut self, items: &mut Vec<u32>) -> Result<(), BoxError> {
        if items.contains(&666) {
            return Err("the ink is out".into());
        }
        self.calls.note("batches", &format!("{items:?}"));
        Ok(())
    }

    fn batch_limit(&self) -> usize {
        self.limit
    }

    fn close(&mut self) -> Result<(), BoxError> {
        self.calls.note("batches", &"close");
        Ok(())
    }
}

mod closing {
    use super::*;

    #[test]
    fn all_sinks_are_flushed_before_the_first_is_closed_and_each_is_closed_once() {
        let calls = Calls::default();
        let sink = |name| Noting { name, calls: calls.clone() };
        let kit = Kit::starting_at(START);
        let (numbers, source) = kit.input();
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.output(sink("a"));
            let keyed = numbers.key_on(|_| ());
            let sums = keyed.reduce_final(|sum, number| sum + number);
            sums.key_rm().output(sink("b"));
        });
        run.settle().unwrap();
        assert_eq!(calls.take(), ["a: open", "b: open", "a: flush", "b: flush"]);
        numbers.push_all([1, 2]);
        run.settle().unwrap();
        assert_eq!(calls.take(), ["a: 1", "a: 2", "a: flush", "b: flush"]);
        run.finish().unwrap();
        let last = ["b: 3", "a: flush", "b: flush", "a: close", "b: close"];
        // How the effects of two sinks interleave is not promised, but for what has to be over before a
        // close.
        let calls = calls.take();
        let mut sorted: Vec<_> = calls[..3].to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, ["a: flush", "b: 3", "b: flush"]);
        assert_eq!(calls[3..5], last[3..]);
        let mut dropped = calls[5..].to_vec();
        dropped.sort_unstable();
        assert_eq!(dropped, ["a: drop", "b: drop"]);
    }

    /// A flow that goes item by item closes its sinks as well, and one that is polled on does not close them
    /// again.
    #[test]
    fn sinks_of_sources_that_meet_are_closed_once() {
        let calls = Calls::default();
        let kit = Kit::starting_at(START);
        let mut run = kit.start(dataflow! {
            let left = input(IterSource::new([1]));
            let right = input(IterSource::new([2]));
            let all = merge(left, right);
            all.output(Noting { name: "a", calls: calls.clone() });
        });
        run.settle().unwrap();
        run.settle().unwrap();
        assert!(run.has_ended());
        let calls = calls.take();
        assert_eq!(calls.iter().filter(|call| *call == "a: close").count(), 1);
        assert_eq!(calls.last().unwrap(), "a: close");
        assert_eq!(calls.iter().filter(|call| call.len() == 4).collect::<Vec<_>>(), ["a: 1", "a: 2"]);
    }

    #[test]
    fn what_ends_with_an_error_or_is_given_up_is_not_closed() {
        let calls = Calls::default();
        let flow = dataflow! {
            let numbers = input(IterSource::new([1, 666, 2]));
            numbers.output(Noting { name: "a", calls: calls.clone() });
        };
        assert!(flow.run().unwrap_err().to_string().contains("the ink is out"));
        assert_eq!(calls.take(), ["a: open", "a: 1", "a: drop"]);

        let kit = Kit::starting_at(START);
        let (numbers, source) = kit.input();
        let mut run = kit.start(dataflow! {
            let numbers = input(source);
            numbers.output(Noting { name: "a", calls: calls.clone() });
        });
        numbers.push(1);
        run.settle().unwrap();
        drop(run);
        assert_eq!(calls.take(), ["a: open", "a: 1", "a: flush", "a: drop"]);
    }

    /// Cannot be closed.
    struct Stuck;

    impl Sink<i32> for Stuck {
        fn write(&mut self, _: i32) -> Result<(), BoxError> {
            Ok(())
        }

        fn close(&mut self) -> Result<(), BoxError> {
            Err("the lid is stuck".into())
        }
    }

    #[test]
    fn a_sink_that_cannot_be_closed_ends_the_run_with_an_error() {
        let flow = dataflow! {
            let numbers = input(IterSource::new(0..3));
            numbers.output(Stuck);
        };
        let error = flow.named("jar").run().unwrap_err();
        assert!(matches!(&error, flow::Error::Sink { .. }), "{error}");
        for word in ["`jar`", "output", "the lid is stuck"] {
            assert!(error.to_string().contains(word), "{error}");
        }
    }
}

mod batches {
    use super::*;

    proptest! {
        /// Batches are full until an activation ends, and hold everything once and in order.
        #[test]
        fn items_are_handed_over_in_full_batches(
            pushes in prop::collection::vec(0..9_u32, 0..6),
            limit in 0..5_usize,
        ) {
            let calls = Calls::default();
            let kit = Kit::starting_at(START);
            let (numbers, source) = kit.input();
            let mut run = kit.start(dataflow! {
                let numbers = input(source);
                numbers.output(NotingBatches { limit, calls: calls.clone() });
            });
            let mut expected = vec!["batches: open".to_owned()];
            for length in pushes {
                let items: Vec<u32> = (0..length).collect();
                expected.extend(items.chunks(limit.max(1)).map(|batch| format!("batches: {batch:?}")));
                numbers.push_all(items);
                run.settle().unwrap();
            }
            run.finish().unwrap();
            expected.push("batches: close".to_owned());
            prop_assert_eq!(calls.take(), expected);
        }
    }

    #[test]
    fn a_batch_that_cannot_be_written_ends_the_run() {
        let calls = Calls::default();
        let flow = dataflow! {
            let numbers = input(IterSource::new([1, 2, 3, 666]));
            numbers.output(NotingBatches { limit: 2, calls: calls.clone() });
        };
        let error = flow.run().unwrap_err();
        assert!(matches!(&error, flow::Error::Sink { .. }), "{error}");
        assert_eq!(calls.take(), ["batches: open", "batches: [1, 2]"]);
    }
}

mod parts {
    use super::*;

    /// Sinks by name; the number of a name's part is what the item says.
    struct Named(Vec<&'static str>, Calls);

    impl PartitionedSink<u32> for Named {
        type Part = InBatches<NotingBatches, u32>;

        fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
            Ok(self.0.iter().map(|name| (*name).to_owned()).collect())
        }

        fn build_part(&mut self, name: &str) -> Result<Self::Part, BoxError> {
            if name == "broken" {
                return Err("it is broken".into());
            }
            self.1.note("build", &name);
            Ok(InBatches::new(NotingBatches { limit: 10, calls: self.1.clone() }))
        }

        fn part_of(&self, item: &u32) -> u64 {
            (*item).into()
        }
    }

    #[test]
    fn an_item_goes_to_the_part_of_its_number_which_starts_again_from_the_first() {
        let calls = Calls::default();
        let flow = dataflow! {
            let numbers = input(IterSource::new([0, 1, 2, 3, 4, 5, 7, 302]));
            numbers.output(Named(vec!["z", "y", "x"], calls.clone()));
        };
        flow.run().unwrap();
        let expected = [
            "build: z",
            "batches: open",
            "build: y",
            "batches: open",
            "build: x",
            "batches: open",
            "batches: [0, 3]",
            "batches: [1, 4, 7]",
            "batches: [2, 5, 302]",
            "batches: close",
            "batches: close",
            "batches: close",
        ];
        assert_eq!(calls.take(), expected);
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_names() {
        let error = |names: Vec<&'static str>, items: Vec<u32>| {
            let flow = dataflow! {
                let numbers = input(IterSource::new(items));
                numbers.output(Named(names, Calls::default()));
            };
            flow.run().unwrap_err()
        };
        let refused = |names| {
            let error = error(names, vec![]);
            assert!(matches!(&error, flow::Error::Start { .. }), "{error}");
            error.to_string()
        };
        assert!(refused(vec!["a", "b", "a"]).contains("`a`"));
        assert!(refused(vec![]).contains("no part"));
        assert!(refused(vec!["a", "broken"]).contains("part `broken`: it is broken"));
        let failed = error(vec!["a", "b"], vec![0, 1, 666, 1]);
        assert!(matches!(&failed, flow::Error::Sink { .. }), "{failed}");
        assert!(failed.to_string().contains("part `a`: the ink is out"), "{failed}");
    }
}

mod directories {
    use super::*;

    fn fresh_directory(name: &str) -> PathBuf {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sinks").join(name);
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    fn files(directory: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
        let mut files: Vec<_> = entries
            .map(|entry| {
                (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    fn owned<const N: usize>(files: [(&str, &str); N]) -> Vec<(String, String)> {
        files.map(|(name, content)| (name.to_owned(), content.to_owned())).into()
    }

    /// Row `dir_sink-routing`, with values that are not the keys.
    #[test]
    fn keys_that_are_text_go_by_their_checksum() {
        let directory = fresh_directory("routing");
        with_each_batch_limit(START, |kit| {
            let (keys, source) = kit.input();
            let run = kit.start(dataflow! {
                let keys = input(source);
                let keyed = keys.key_on(|key: &&str| *key);
                let values = keyed.map_value(|key| format!("value of {key}"));
                values.output(DirSink::new(&directory, 3));
            });
            keys.push_all(["a", "b", "c", "d", "e", "f"]);
            run.finish()?;
            let expected = owned([
                ("part_0", "value of b\nvalue of e\n"),
                ("part_1", "value of a\nvalue of d\n"),
                ("part_2", "value of c\nvalue of f\n"),
            ]);
            assert_eq!(files(&directory), expected);
            Ok::<(), flow::Error>(())
        })
        .unwrap();
    }

    /// Row `dir_sink-order-quirk`, without the quirk: number 2 is `part_2`, not `part_10`.
    #[test]
    fn the_number_of_a_file_is_the_one_in_its_name() {
        let directory = fresh_directory("numbers");
        let flow = dataflow! {
            let keys = input(IterSource::new(0..14_u64));
            let keyed = keys.key_on(|key| *key);
            keyed.output(DirSink::new(&directory, 12).assigned_by(|key: &u64| *key));
        };
        flow.run().unwrap();
        let mut expected: Vec<_> = (0..12).map(|key| (format!("part_{key}"), format!("{key}\n"))).collect();
        expected[0].1 += "12\n";
        expected[1].1 += "13\n";
        expected.sort();
        assert_eq!(files(&directory), expected);
    }

    fn of_count(index: usize, count: usize) -> String {
        format!("{}-of-{count}", index + 1)
    }

    #[test]
    fn files_may_have_other_names_and_are_there_without_items() {
        let directory = fresh_directory("names");
        let flow = dataflow! {
            let keys = input(IterSource::new(["x"]));
            let keyed = keys.key_on(|_| String::from("only"));
            keyed.output(DirSink::new(&directory, 2).named_by(of_count));
        };
        flow.run().unwrap();
        let number = usize::try_from(adler32(b"only") % 2).unwrap();
        let mut expected = owned([("1-of-2", ""), ("2-of-2", "")]);
        expected[number].1 = "x\n".to_owned();
        assert_eq!(files(&directory), expected);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let directory = fresh_directory("refused");
        let error = |sink: DirSink| {
            let flow = dataflow! {
                let keys = input(IterSource::new(["x"]));
                let keyed = keys.key_on(|key| *key);
                keyed.output(sink);
            };
            let error = flow.run().unwrap_err();
            assert!(matches!(&error, flow::Error::Start { .. }), "{error}");
            error.to_string()
        };
        assert!(error(DirSink::new(&directory, 0)).contains("no part"));
        assert!(error(DirSink::new(directory.join("gone"), 2)).contains("part_0"));
        assert!(error(DirSink::new(&directory, 2).named_by(|_, _| "one".to_owned())).contains("`one`"));
    }

    /// Checksums that RFC 1950 and its readers agree on.
    #[test]
    fn a_checksum_is_that_of_the_standard() {
        assert_eq!(adler32(b""), 1);
        assert_eq!(adler32(b"a"), 0x0062_0062);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        // Sums that pass the modulus: n times 255, worked out with wide numbers.
        for length in [1_u64, 257, 258, 6000] {
            let low = (1 + 255 * length) % 65_521;
            let high = (length + 255 * length * (length + 1) / 2) % 65_521;
            let bytes = vec![255; usize::try_from(length).unwrap()];
            assert_eq!(u64::from(adler32(&bytes)), high << 16 | low);
        }
    }
}

/// A closure that is handed an item late is still a sink.
#[test]
fn a_closure_is_called_for_each_item() {
    let kit = Kit::starting_at(START);
    let (numbers, source) = kit.input();
    let seen = RefCell::new(Vec::new());
    let mut run = kit.start(dataflow! {
        let numbers = input(source);
        numbers.output(|number: i32| seen.borrow_mut().push(number));
    });
    numbers.push_at(START + TimeDelta::seconds(1), 7);
    run.advance(TimeDelta::seconds(1)).unwrap();
    assert_eq!(seen.take(), [7]);
}
