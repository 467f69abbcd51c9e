//! Runs the examples and looks at what they write.
//!
//! The programs are those that cargo builds along with the tests: after a `cargo build --examples` where
//! only this file is tested.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ACCESS_LOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/access.log");

/// How many seconds a request may come behind a later one of its page.
const WAIT: i64 = 30;

#[test]
fn collect_prints_lists_of_three() {
    let expected =
        [r#"("ALL", [0, 1, 2])"#, r#"("ALL", [3, 4, 5])"#, r#"("ALL", [6, 7, 8])"#, r#"("ALL", [9])"#];
    assert_eq!(lines(&printed(run("collect", &[]))), expected);
}

#[test]
fn windowing_prints_the_windows_as_they_close() {
    let printed = printed(run("windowing", &[]));
    let found: Vec<_> = lines(&printed).into_iter().map(user_window_and_seconds).collect();
    let expected = [
        ("a", "0", vec!["00", "04", "08"]),
        ("b", "0", vec!["05"]),
        ("a", "1", vec!["12", "13"]),
        ("b", "1", vec!["14"]),
    ];
    assert_eq!(found, expected);
}

/// The north reports every 10 minutes, the south every 25; the second time two and one of them are left out.
#[test]
fn own_source_and_sink_reads_on_where_it_is_told_to() {
    let expected = [
        "from the beginning:",
        "  insert 12:00 north -3, 12:00 south 7",
        "  insert 12:10 north -2",
        "  insert 12:20 north -2",
        "  insert 12:25 south 8",
        "  insert 12:30 north 0",
        "  commit 6 rows",
        "from where a reader has stopped:",
        "  insert 12:20 north -2",
        "  insert 12:25 south 8",
        "  insert 12:30 north 0",
        "  commit 3 rows",
    ];
    assert_eq!(lines(&printed(run("own_source_and_sink", &[]))), expected);
}

/// Order 2 is paid 23 minutes after it was made: too late for the join, and after the reminder. The input ends before
/// order 4 would be reminded of. The orders end at 09:22, and with them their windows.
#[test]
fn shop_joins_reminds_and_counts() {
    let expected = [
        "order 1 is paid after 1 min",
        "09:00 so far: 1700",
        "order 3 is paid after 1 min",
        "09:00 to 09:15: 2400",
        "09:15 so far: 1200",
        "09:15 to 09:30: 1200",
        "order 2 is not paid yet",
        "order 5 is paid after 2 min",
    ];
    assert_eq!(lines(&printed(run("shop", &[]))), expected);
}

#[test]
fn requests_per_minute_counts_what_the_log_says() {
    let directory = fresh_directory("requests_per_minute");
    let printed = printed(run("requests_per_minute", &[directory.as_os_str()]));
    let log = read(Path::new(ACCESS_LOG));
    let expected = Expected::of(&log);

    let [minutes, late, malformed] = ["requests_per_minute.txt", "late_requests.txt", "malformed_lines.txt"]
        .map(|name| directory.join(name))
        .map(|path| {
            assert!(printed.contains(&path.display().to_string()), "says where the results are: {printed}");
            read(&path)
        });
    assert_eq!(sorted(lines(&minutes)), sorted(expected.minutes()));
    assert_eq!(sorted(lines(&late)), sorted(expected.late));
    assert_eq!(lines(&malformed), expected.malformed);
    for count in [format!("err: {}\n", expected.malformed.len()), format!("late: {}\n", lines(&late).len())] {
        assert!(printed.contains(&count), "the report says `{}`: {printed}", count.trim());
    }

    let counted: usize = lines(&minutes).into_iter().map(requests).sum();
    assert_eq!(counted + lines(&late).len() + lines(&malformed).len(), lines(&log).len());
}

/// A log in which everything came in time and in order would show nothing.
#[test]
fn the_access_log_has_every_kind_of_line() {
    let log = read(Path::new(ACCESS_LOG));
    let expected = Expected::of(&log);
    assert!((3..=5).contains(&expected.malformed.len()), "{:?}", expected.malformed);
    assert!((2..=4).contains(&expected.late.len()), "{:?}", expected.late);
    assert!(expected.behind.iter().any(|behind| (1..WAIT).contains(behind)), "out of order, and in time");
    assert!(expected.behind.contains(&WAIT), "as late as can be without being late");
    assert!(expected.behind.contains(&(WAIT + 1)), "one second more");
    let mut behind = expected.behind_any.iter().zip(&expected.behind);
    assert!(behind.any(|(any, own)| *any > WAIT && *own <= WAIT), "late for the log, in time for its page");
}

#[test]
fn requests_per_minute_reads_the_log_it_is_given() {
    let directory = fresh_directory("given");
    let log = directory.join("given.log");
    let line = "192.0.2.1 - - [31/Dec/1999:23:59:59 -0130] \"GET /a?b HTTP/1.0\" 503 7\n";
    fs::write(&log, line.repeat(2)).unwrap();
    printed(run("requests_per_minute", &[directory.as_os_str(), log.as_os_str()]));
    let minutes = read(&directory.join("requests_per_minute.txt"));
    assert_eq!(minutes, "2000-01-01T01:29Z /a requests=2 errors=2 bytes=14\n");
}

/// Neither a sum that overflows nor a time that is out of range ends the run.
#[test]
fn requests_per_minute_survives_what_a_log_may_claim() {
    let directory = fresh_directory("claims");
    let log = directory.join("claims.log");
    let line = |year: &str, bytes: &str| {
        format!("192.0.2.1 - - [01/Jan/{year}:00:00:00 +0000] \"GET / HTTP/1.1\" 200 {bytes}\n")
    };
    let most = u64::MAX.to_string();
    let malformed =
        [line("9999", "1"), line("2000", "1e3"), line("2000", "-7"), line("", "1"), line("2000", "")];
    fs::write(&log, [line("2000", &most), line("2000", &most), malformed.concat()].concat()).unwrap();
    printed(run("requests_per_minute", &[directory.as_os_str(), log.as_os_str()]));
    let minutes = read(&directory.join("requests_per_minute.txt"));
    assert_eq!(minutes, format!("2000-01-01T00:00Z / requests=2 errors=0 bytes={most}\n"));
    assert_eq!(read(&directory.join("malformed_lines.txt")), malformed.concat());
}

#[test]
fn requests_per_minute_says_which_log_is_missing() {
    let directory = fresh_directory("missing");
    let log = directory.join("no_such.log");
    let output = run("requests_per_minute", &[directory.as_os_str(), log.as_os_str()]);
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("no_such.log") && error.contains("lines"), "names the file and the step: {error}");
}

/// What is to be found in a log, worked out line by line.
#[derive(Default)]
struct Expected<'a> {
    /// Requests, errors and bytes of each page in each minute.
    counted: BTreeMap<(&'a str, i64), [u64; 3]>,
    /// What is written of each late request.
    late: Vec<String>,
    /// The lines that are no requests.
    malformed: Vec<&'a str>,
    /// For each request, by how many seconds it came behind the latest of its page.
    behind: Vec<i64>,
    /// For each request, by how many seconds it came behind the latest of all.
    behind_any: Vec<i64>,
}

impl<'a> Expected<'a> {
    fn of(log: &'a str) -> Self {
        let mut expected = Self::default();
        let mut before: Vec<Entry> = Vec::new();
        for line in log.lines() {
            let Some(entry) = Entry::of(line) else {
                expected.malformed.push(line);
                continue;
            };
            before.push(entry);
            let latest = before.iter().map(|entry| entry.second).max().unwrap();
            let of_page = before.iter().filter(|before| before.page == entry.page);
            let latest_of_page = of_page.map(|entry| entry.second).max().unwrap();
            expected.behind_any.push(latest - entry.second);
            expected.behind.push(latest_of_page - entry.second);
            if entry.second < latest_of_page - WAIT {
                expected.late.push(entry.late_line());
            } else {
                let [requests, errors, bytes] =
                    expected.counted.entry((entry.page, entry.second.div_euclid(60))).or_default();
                *requests += 1;
                *errors += u64::from(entry.status.starts_with(['4', '5']));
                *bytes += entry.bytes;
            }
        }
        expected
    }

    /// The lines of the result, in some order.
    fn minutes(&self) -> Vec<String> {
        let lines = self.counted.iter().map(|((page, minute), [requests, errors, bytes])| {
            format!("{} {page} requests={requests} errors={errors} bytes={bytes}", minute_of(minute * 60))
        });
        lines.collect()
    }
}

/// A line of the log, as far as this file needs it. Good enough for the log at hand: all of it is of a
/// day in March, in UTC.
#[derive(Clone, Copy)]
struct Entry<'a> {
    /// Seconds since the beginning of March.
    second: i64,
    page: &'a str,
    status: &'a str,
    bytes: u64,
}

impl<'a> Entry<'a> {
    /// Cuts a line at its blanks.
    fn of(line: &'a str) -> Option<Self> {
        let [_, _, _, time, "+0000]", method, target, "HTTP/1.1\"", status, bytes] =
            *line.split(' ').collect::<Vec<_>>()
        else {
            return None;
        };
        assert!(["\"GET", "\"POST", "\"HEAD"].contains(&method), "{line}");
        let time = time.strip_prefix('[')?.replace("/Mar/2024", "");
        let parts: Option<Vec<i64>> = time.split(':').map(|part| part.parse().ok()).collect();
        let [day, hour, minute, second] = *parts? else { return None };
        Some(Self {
            second: (((day - 1) * 24 + hour) * 60 + minute) * 60 + second,
            page: &target[..target.find('?').unwrap_or(target.len())],
            status,
            bytes: bytes.replace('-', "0").parse().unwrap(),
        })
    }

    fn late_line(&self) -> String {
        let Self { second, page, status, bytes } = self;
        let minute = minute_of(*second);
        let time = format!("{}:{:02}Z", minute.trim_end_matches('Z'), second % 60);
        format!("{minute} {page} time={time} status={status} bytes={bytes}")
    }
}

/// The minute of a second since the beginning of March.
fn minute_of(second: i64) -> String {
    format!("2024-03-{:02}T{:02}:{:02}Z", second / 86_400 + 1, second / 3600 % 24, second / 60 % 60)
}

/// The 3 of `… requests=3 …`.
fn requests(line: &str) -> usize {
    let (_, behind) = line.split_once("requests=").unwrap();
    behind.split(' ').next().unwrap().parse().unwrap()
}

/// The parts that matter of `("a", (0, [Reading { time: 2022-01-01T00:00:04Z, user: "a", val: 1 }]))`.
fn user_window_and_seconds(line: &str) -> (&str, &str, Vec<&str>) {
    let (user, line) = line.strip_prefix("(\"").and_then(|line| line.split_once("\", (")).unwrap();
    let (window, list) = line.split_once(", [").unwrap();
    let seconds = list.split("time: 2022-01-01T00:00:").skip(1).map(|reading| &reading[..2]).collect();
    (user, window, seconds)
}

/// Runs an example.
fn run(example: &str, arguments: &[&OsStr]) -> Output {
    let program = program(example);
    let output = Command::new(&program).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{}: {error}; `cargo build --examples` makes it", program.display()))
}

/// Where cargo puts an example: this test is `target/debug/deps/…`, that is `target/debug/examples/…`.
fn program(example: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    profile.join("examples").join(format!("{example}{}", env::consts::EXE_SUFFIX))
}

/// What an example that worked has printed.
fn printed(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A directory with nothing in it.
fn fresh_directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example_outputs").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn sorted<T: Ord>(mut lines: Vec<T>) -> Vec<T> {
    lines.sort_unstable();
    lines
}
