//! How often each page of a web site was asked for, minute by minute, from the server's access log.
//!
//! `cargo run --example requests_per_minute [DIRECTORY [LOG]]` reads `LOG`, by default the one in
//! `examples/data`, and writes three files into `DIRECTORY`, by default the system's for temporary files.

use std::env;
use std::error::Error;
use std::fmt::{self, Display};
use std::ops::Add;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::report::Report;
use flow::time::{StillTime, Timestamp};

/// The log that is read when the command line names none.
const LOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/access.log");

/// Where the minutes are counted from: a window's number is that of its minute since then.
const START: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let directory = arguments.next().unwrap_or_else(env::temp_dir);
    let log = arguments.next().unwrap_or_else(|| LOG.into());

    let files = Files::in_directory(&directory);
    let report = count(&log, &files)?;
    println!("requests per minute: {}", files.minutes.display());
    println!("late requests:       {}", files.late.display());
    println!("malformed lines:     {}", files.malformed.display());
    println!("\n{report}");
    Ok(())
}

/// The files that the flow writes.
struct Files {
    /// A line for each minute and page.
    minutes: PathBuf,
    /// A line for each request whose minute was over when it came.
    late: PathBuf,
    /// The lines of the log that say nothing, as they are.
    malformed: PathBuf,
}

impl Files {
    /// Their places in `directory`.
    fn in_directory(directory: &Path) -> Self {
        Self {
            minutes: directory.join("requests_per_minute.txt"),
            late: directory.join("late_requests.txt"),
            malformed: directory.join("malformed_lines.txt"),
        }
    }
}

/// Reads the log from its first line to its last, and writes the files.
fn count(log: &Path, files: &Files) -> Result<Report, flow::Error> {
    let flow = dataflow! {
        let lines = input(FileLines::new(log));
        let parsed = lines.try_map(parse);
        let malformed = parsed.err.inspect(|malformed| eprintln!("{malformed}"));
        malformed.map(|malformed| malformed.line).output(FileSink::new(&files.malformed));

        let by_path = parsed.ok.key_on(|request| request.path.clone());
        let minutes = by_path.fold_window(
            // A request is logged when it has been answered: a slow one comes behind those that overtook it.
            clock = EventClock(|request| request.time, wait_for_system_duration = 30s),
            windower = TumblingWindower(length = 1min, align_to = START),
            builder = Traffic::default,
            folder = |traffic, request| traffic + Traffic::of(&request),
            merger = |traffic, other| traffic + other,
            // Sums do not ask for order, so no request has to wait for those before it.
            ordered = false,
        );
        let rows = minutes.down.map(|(path, (minute, traffic))| minute_line(minute, &path, &traffic));
        rows.output(FileSink::new(&files.minutes));
        let late = minutes.late.map(|(_, (minute, request))| late_line(minute, &request));
        late.output(FileSink::new(&files.late));
    };
    // On the system clock the 30 seconds would also pass while the log is read, and a slow machine would
    // find more requests late than a fast one. While time stands still, the log alone decides.
    flow.named("requests per minute").run_in(StillTime::at(START))
}

/// What the flow wants to know of a request.
struct Request {
    time: Timestamp,
    path: String,
    status: u16,
    bytes: u64,
}

/// A line that is not in the Common Log Format.
struct Malformed {
    line: String,
    reason: &'static str,
}

impl Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.reason, self.line)
    }
}

/// Reads a line: `host identity user [time] "request" status bytes`.
fn parse(line: String) -> Result<Request, Malformed> {
    parse_fields(&line).map_err(|reason| Malformed { line, reason })
}

/// Reads a line, or says what is wrong with it.
fn parse_fields(line: &str) -> Result<Request, &'static str> {
    let (_client, line) = line.split_once(" [").ok_or("no time")?;
    let (time, line) = line.split_once("] \"").ok_or("no request")?;
    // From the right: what a client asks for may contain quotes, what follows it does not.
    let (request, line) = line.rsplit_once("\" ").ok_or("no end of the request")?;
    let (status, bytes) = line.split_once(' ').ok_or("no status or no bytes")?;
    Ok(Request {
        time: parse_time(time).ok_or("not a time")?,
        path: parse_path(request).ok_or("not a request")?.to_owned(),
        status: status.parse().map_err(|_| "not a status")?,
        bytes: parse_bytes(bytes).ok_or("not a number of bytes")?,
    })
}

/// Reads `12/Mar/2024:09:00:00 +0000`. A time that no [`Timestamp`] can hold is none.
fn parse_time(time: &str) -> Option<Timestamp> {
    let time = DateTime::parse_from_str(time, "%d/%b/%Y:%H:%M:%S %z").ok()?;
    Timestamp::try_from(time.to_utc()).ok()
}

/// Finds `/search` in `GET /search?q=lamp HTTP/1.1`.
fn parse_path(request: &str) -> Option<&str> {
    let mut words = request.split(' ');
    let (Some(_method), Some(target), Some(_protocol), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return None;
    };
    target.split('?').next()
}

/// Reads a number, or the `-` of an answer without a body.
fn parse_bytes(bytes: &str) -> Option<u64> {
    if bytes == "-" { Some(0) } else { bytes.parse().ok() }
}

/// What came for a page in a minute.
#[derive(Default)]
struct Traffic {
    requests: u64,
    errors: u64,
    bytes: u64,
}

impl Traffic {
    /// What one request comes to.
    fn of(request: &Request) -> Self {
        Self { requests: 1, errors: u64::from(request.status >= 400), bytes: request.bytes }
    }
}

impl Add for Traffic {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            errors: self.errors + other.errors,
            // A log may claim any number of bytes.
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }
}

/// A line of the result.
fn minute_line(minute: i64, path: &str, traffic: &Traffic) -> String {
    let Traffic { requests, errors, bytes } = traffic;
    format!("{} {path} requests={requests} errors={errors} bytes={bytes}", start_of(minute))
}

/// A line for a request that is missing in the result: its minute, and what would have been counted.
fn late_line(minute: i64, request: &Request) -> String {
    let Request { time, path, status, bytes } = request;
    format!("{} {path} time={time:?} status={status} bytes={bytes}", start_of(minute))
}

/// The date and time at which a minute begins.
fn start_of(minute: i64) -> impl Display {
    (START + TimeDelta::minutes(minute)).format("%Y-%m-%dT%H:%MZ")
}
