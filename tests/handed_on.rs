//! Sources that hand each item on as soon as it is made: what comes out, what is counted, and who is to blame.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::task::Waker;

use chrono::DateTime;
use flow::engine::Progress;
use flow::error::BoxError;
use flow::prelude::*;
use flow::report::Report;
use flow::sinks::Sink;
use flow::sources::{Partition, SourceStatus};
use flow::testing::next_batch;
use flow::time::StillTime;

/// A file of this name that holds these bytes.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handed_on");
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn still() -> StillTime {
    StillTime::at(DateTime::UNIX_EPOCH)
}

/// Runs flows with batches of each size, which must not show.
fn with_each_batch_limit(run: impl Fn(usize)) {
    [1, 2, 7, 1_000].into_iter().for_each(run);
}

/// The report of a run with batches of this size.
fn run(flow: impl Dataflow, limit: usize) -> Result<Report, flow::Error> {
    flow.start(still()).batch_limit(limit).run()
}

/// Lines of up to 300 characters of one to four bytes, of 400 000 bytes in all, and among them one of 200 000.
fn long_text() -> String {
    let mut text = String::new();
    let mut number = 1_u64;
    let mut random = |below: u64| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) % below
    };
    while text.len() < 400_000 {
        let characters = if text.len() / 200_000 > 0 && !text.contains(&"x".repeat(1_000)) {
            text.extend(std::iter::repeat_n('x', 200_000));
            1
        } else {
            random(300)
        };
        for _ in 0..characters {
            text.push(['a', 'é', '€', '🙂'][usize::try_from(random(4)).unwrap()]);
        }
        text.push_str(if random(2) == 0 { "\n" } else { "\r\n" });
    }
    text + "the last line has no end"
}

#[test]
fn a_file_of_many_blocks_comes_line_by_line() {
    let text = long_text();
    let path = file("many_blocks.txt", &text);
    let expected: Vec<_> = text.lines().map(str::to_owned).collect();
    with_each_batch_limit(|limit| {
        let (sink, bytes_sink) = (CollectingSink::new(), CollectingSink::new());
        let (lines, lengths) = (sink.collected(), bytes_sink.collected());
        let flow = dataflow! {
            let lines = input(FileLines::new(&path));
            lines.output(sink);
            let lengths = input(FileLines::new(&path).parse_bytes(<[u8]>::len));
            lengths.output(bytes_sink);
        };
        run(flow, limit).unwrap();
        assert!(lines.take() == expected, "batches of {limit}");
        assert!(lengths.take().into_iter().eq(expected.iter().map(String::len)), "batches of {limit}");
    });
}

#[test]
fn the_position_is_that_of_the_next_line_in_every_block() {
    let text = long_text();
    let mut lines = FileLines::new(file("positions.txt", &text)).parse(str::len);
    flow::sources::Source::open(&mut lines).unwrap();
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        assert_eq!(lines.position(), position);
        let (items, status) = next_batch(&mut lines, 1, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!((items, status), (vec![line.trim_end().len()], SourceStatus::Ready));
        position += line.len() as u64;
    }
    assert_eq!(lines.position(), text.len() as u64);
    assert_eq!(next_batch(&mut lines, 1, DateTime::UNIX_EPOCH).unwrap(), (vec![], SourceStatus::Ended));
    assert_eq!(lines.position(), text.len() as u64);
}

/// What comes before a line that is no text has gone through, whatever block it is in.
#[test]
fn a_line_that_is_no_text_is_named_in_every_block() {
    for good in [0, 1, 5_000, 20_000] {
        let mut bytes = "0123456789 é\n".repeat(good).into_bytes();
        bytes.extend_from_slice(b"ab\xffc\nbehind it\n");
        let path = file("no_text.txt", bytes);
        with_each_batch_limit(|limit| {
            let mut came = 0;
            let flow = dataflow! {
                let lines = input(FileLines::new(&path));
                lines.output(|_| came += 1);
            };
            let error = run(flow.named("reads"), limit).unwrap_err().to_string();
            let line = format!("no_text.txt:{}: ", good + 1);
            assert!(error.starts_with("flow `reads`, step `lines`: the source failed: "), "{error}");
            assert!(error.contains(&line), "{error}");
            assert!(error.ends_with("invalid utf-8 sequence of 1 bytes from index 2"), "{error}");
            assert_eq!(came, good, "batches of {limit}");
        });
    }
}

/// Who goes on behind a line that is no text gets the next ones.
#[test]
fn lines_behind_one_that_is_no_text_can_still_be_had() {
    let path = file("goes_on.txt", b"a\n\xff\nb\n\xff\xff\nc");
    let mut lines = FileLines::new(path);
    flow::sources::Source::open(&mut lines).unwrap();
    let mut seen = Vec::new();
    for _ in 0..9 {
        match next_batch(&mut lines, 1, DateTime::UNIX_EPOCH) {
            Ok((items, _)) => seen.extend(items),
            Err(error) => {
                seen.push(format!("{} at {}", error.to_string().contains(":4: "), lines.position()));
            }
        }
    }
    assert_eq!(seen, ["a", "false at 4", "b", "true at 9", "c"]);
}

/// Reads lines once warm.
#[test]
fn lines_cost_no_allocation_once_warm() {
    let path = file("warm.txt", "one two three\nfour five\r\n".repeat(100_000));
    let mut words = 0;
    let flow = dataflow! {
        let counts = input(FileLines::new(&path).parse(|line| line.split(' ').count()));
        counts.output(|count| words += count);
    };
    let mut running = flow.start(still());
    let mut poll = |times| {
        for _ in 0..times {
            assert_eq!(running.poll(Waker::noop()).unwrap(), Progress::Busy, "there is more");
        }
    };
    poll(65);
    assert_eq!(allocation_counter::measure(|| poll(30)).count_total, 0);
    drop(running);
    assert_eq!(words, 95 * 2_048 / 2 * 5);
}

/// The step whose code it was, not the source that it was called from, and not the other way round.
#[test]
fn a_panic_is_laid_at_the_door_of_its_step() {
    let path = file("panics.txt", "1\n2\n3\n4\n");
    let no_three = |number: i32| if number == 3 { panic!("no three") } else { number };
    let number = |line: &str| line.parse().unwrap_or(0);
    with_each_batch_limit(|limit| {
        let blamed = |flow: Result<_, flow::Error>| flow.map(|_: Report| ()).unwrap_err().to_string();
        let says = |step: &str| format!("flow `panics`, step `{step}`: panicked: no three");

        let mut came = Vec::new();
        let flow = dataflow! {
            let source = input(IterSource::new((1..).map(no_three)));
            let mapped = source.map(|number| number + 1);
            mapped.output(|number| came.push(number));
        };
        assert_eq!(blamed(run(flow.named("panics"), limit)), says("source"));

        let mut came = Vec::new();
        let flow = dataflow! {
            let source = input(IterSource::new(1..));
            let mapped = source.map(no_three);
            mapped.output(|number| came.push(number));
        };
        assert_eq!(blamed(run(flow.named("panics"), limit)), says("mapped"));
        assert_eq!(came, [1, 2]);

        let flow = dataflow! {
            let source = input(FileLines::new(&path).parse(|line| no_three(number(line))));
            let mapped = source.map(|number| number + 1);
            mapped.output(|_| {});
        };
        assert_eq!(blamed(run(flow.named("panics"), limit)), says("source"));

        let flow = dataflow! {
            let source = input(FileLines::new(&path).parse(number));
            let mapped = source.map(no_three);
            mapped.output(|_| {});
        };
        assert_eq!(blamed(run(flow.named("panics"), limit)), says("mapped"));
    });
}

/// Takes so many items, and fails then.
struct Takes<'a>(&'a Cell<u32>, u32);

impl Sink<u32> for Takes<'_> {
    fn write(&mut self, _: u32) -> Result<(), BoxError> {
        if self.0.get() == self.1 {
            return Err("it is full".into());
        }
        self.0.set(self.0.get() + 1);
        Ok(())
    }
}

#[test]
fn a_sink_that_fails_ends_the_run_in_the_middle_of_a_batch() {
    with_each_batch_limit(|limit| {
        let taken = Cell::new(0);
        let flow = dataflow! {
            let source = input(IterSource::new(0..10));
            source.output(Takes(&taken, 5));
        };
        let error = run(flow.named("full"), limit).unwrap_err().to_string();
        assert_eq!(error, "flow `full`, step `source.output`: the sink failed: it is full");
        assert_eq!(taken.get(), 5);
    });
}

/// Items are counted on each of the ways that they can leave a chain.
#[test]
fn every_stream_is_counted() {
    with_each_batch_limit(|limit| {
        let (mut kept, mut parts, mut odd) = (0, 0, 0);
        let flow = dataflow! {
            let numbers = input(IterSource::new(0..1_000_u32));
            let small = numbers.filter(|number| number % 7 != 0);
            let halves = small.filter_map(|number| (number % 3 != 1).then_some(number / 2));
            let few = halves.filter(|half| half % 5 > 1);
            few.inspect(|_| kept += 1);
            let (left, right) = few.branch(|half| half % 2 == 0);
            let thirds = left.filter(|half| half % 3 == 0);
            thirds.output(|_| odd += 1);
            let many = right.flat_map(|half| 0..half % 4);
            let some = many.filter(|part| *part != 1);
            some.output(|_| parts += 1);
        };
        let report = run(flow, limit).unwrap();
        let count = |step: &str| report.step(step).unwrap().items_out;

        let small = (0..1_000).filter(|number| number % 7 != 0).collect::<Vec<u32>>();
        let halves =
            small.iter().filter(|number| *number % 3 != 1).map(|number| number / 2).collect::<Vec<_>>();
        let few = halves.iter().copied().filter(|half| half % 5 > 1).collect::<Vec<_>>();
        let thirds = few.iter().filter(|half| *half % 6 == 0).count();
        let many = few.iter().filter(|half| *half % 2 == 1).flat_map(|half| 0..half % 4).collect::<Vec<_>>();
        let some = many.iter().filter(|part| **part != 1).count();
        let lengths = [small.len(), halves.len(), few.len(), thirds, many.len(), some];
        let counts = ["small", "halves", "few", "thirds", "many", "some"].map(count);
        assert_eq!(counts, lengths.map(|length| length as u64), "batches of {limit}");
        assert_eq!((count("numbers"), kept, odd, parts), (1_000, few.len(), thirds, some));
    });
}
