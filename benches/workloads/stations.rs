//! W7: the least, the mean and the greatest of what weather stations measured, from a text file.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flow::prelude::*;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{Random, digest, digest_bytes};
use super::{Contestant, Peers, Workload};

pub(super) const WORKLOADS: &[Workload] = &[Workload {
    name: "w7",
    what: "least, mean and greatest of 413 stations, from a file of lines `station;temperature`",
    item: "line",
    items: 10_000_000,
    sample: 20_000,
    contestants,
}];

fn contestants(lines: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let file = Rc::new(TemporaryFile::with_measurements(lines));
    let runs = |run: fn(&Path) -> u64| {
        let file = Rc::clone(&file);
        move || run(&file.path)
    };
    let mut all = vec![
        Contestant::new("hand", runs(by_blocks)),
        Contestant::new("hand, line by line", runs(by_lines)),
        Contestant::new("flow", runs(as_flow)),
    ];
    all.extend(peers.stations(&file.path).into_iter().map(|peer| peer.keeping(Rc::clone(&file))));
    all
}

/// A file that goes when nobody needs it any more.
struct TemporaryFile {
    path: PathBuf,
}

impl TemporaryFile {
    fn with_measurements(lines: usize) -> Self {
        let path = std::env::temp_dir().join(format!("flow-stations-{}.txt", std::process::id()));
        let mut random = Random::new();
        let stations: Vec<_> = (0..413).map(|_| (station(&mut random), random.below(450))).collect();
        let mut file =
            BufWriter::new(File::create(&path).expect("the directory for temporary files is there"));
        for _ in 0..lines {
            let (name, mean) = &stations[usize::try_from(random.below(413)).unwrap_or(0)];
            // Tenths of a degree, around a mean between -10.0 and 35.0.
            let around = (0..4).map(|_| random.below(100)).sum::<u64>();
            let tenths = (mean + around).cast_signed() - 300;
            let sign = if tenths < 0 { "-" } else { "" };
            let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
            writeln!(file, "{name};{sign}{whole}.{tenth}").expect("there is room on the disk");
        }
        file.flush().expect("there is room on the disk");
        Self { path }
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // A file that is left behind does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// A name of four to twenty letters.
fn station(random: &mut Random) -> String {
    let syllables = 2 + random.below(9);
    let pick = |letters: &'static [u8], random: &mut Random| {
        char::from(letters[usize::try_from(random.below(letters.len() as u64)).unwrap_or(0)])
    };
    (0..syllables).flat_map(|_| [pick(b"bdfgklmnprstvz", random), pick(b"aeiou", random)]).collect()
}

/// What is known of a station; temperatures in tenths of a degree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary {
    least: i64,
    greatest: i64,
    sum: i64,
    count: i64,
}

impl Summary {
    pub(crate) const EMPTY: Self = Self { least: i64::MAX, greatest: i64::MIN, sum: 0, count: 0 };

    #[inline]
    pub(crate) fn add(&mut self, tenths: i64) {
        self.least = self.least.min(tenths);
        self.greatest = self.greatest.max(tenths);
        self.sum += tenths;
        self.count += 1;
    }

    /// Digests the mean in thousandths.
    pub(crate) fn digest(&self, station: &[u8]) -> u64 {
        let mean = self.sum * 100 / self.count;
        digest([
            digest_bytes(station),
            self.least.cast_unsigned(),
            self.greatest.cast_unsigned(),
            mean.cast_unsigned(),
        ])
    }
}

/// Takes `station;-12.3` apart.
#[inline(always)]
pub(crate) fn parse(line: &[u8]) -> (&[u8], i64) {
    // The temperature has three to five bytes, so the semicolon is the fourth to the sixth from the end.
    let end = line.len();
    let semicolon = [4, 5, 6].into_iter().find(|back| line[end - back] == b';').map_or(0, |back| end - back);
    let (negative, digits) = match &line[semicolon + 1..] {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let digit = |byte: u8| i64::from(byte - b'0');
    let tenths = match *digits {
        [tens, ones, _, tenths] => digit(tens) * 100 + digit(ones) * 10 + digit(tenths),
        [ones, _, tenths] => digit(ones) * 10 + digit(tenths),
        _ => 0,
    };
    (&line[..semicolon], if negative { -tenths } else { tenths })
}

fn by_blocks(path: &Path) -> u64 {
    let mut file = File::open(path).expect("it was written above");
    let mut summaries: HashMap<Vec<u8>, Summary, FxBuildHasher> = HashMap::default();
    let mut block = vec![0; 1 << 18];
    let mut filled = 0;
    loop {
        let read = file.read(&mut block[filled..]).expect("the file can be read");
        if read == 0 {
            break;
        }
        filled += read;
        let mut begin = 0;
        for end in memchr::memchr_iter(b'\n', &block[..filled]) {
            let (station, tenths) = parse(&block[begin..end]);
            summaries.entry_ref(station).or_insert(Summary::EMPTY).add(tenths);
            begin = end + 1;
        }
        block.copy_within(begin..filled, 0);
        filled -= begin;
    }
    sum_of(&summaries)
}

fn by_lines(path: &Path) -> u64 {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).expect("it was written above"));
    let mut summaries: HashMap<Vec<u8>, Summary, FxBuildHasher> = HashMap::default();
    let mut line = String::new();
    while file.read_line(&mut line).expect("the file can be read") > 0 {
        let (station, tenths) = parse(line.trim_end().as_bytes());
        summaries.entry_ref(station).or_insert(Summary::EMPTY).add(tenths);
        line.clear();
    }
    sum_of(&summaries)
}

fn sum_of(summaries: &HashMap<Vec<u8>, Summary, FxBuildHasher>) -> u64 {
    summaries.iter().map(|(station, summary)| summary.digest(station)).fold(0, u64::wrapping_add)
}

/// A name of at most 23 bytes, which needs no memory of its own: its bytes, and in the last one their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name(u64, u64, u64);

impl Name {
    /// Words are put together in registers: bytes that are written to memory one way and read back another way at once
    /// make a processor wait.
    #[inline]
    pub(crate) fn new(name: &[u8]) -> Self {
        let length = name.len().min(23);
        let word = |from: usize| name[from..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let half =
            |from: usize| name[from..].first_chunk().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
        // The last bytes, together with some of those before them, which are shifted out.
        let last = |end: usize| word(length - 8).unbounded_shr(8 * u32::try_from(end - length).unwrap_or(0));
        let number = (length as u64) << 56;
        match length {
            0..4 => Self(name.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0, number),
            4..8 => Self(half(0) | half(length - 4) << (8 * (length - 4)), 0, number),
            8..16 => Self(word(0), last(16), number),
            _ => Self(word(0), word(8), last(24) | number),
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Self(first, second, third) = *self;
        let [.., number] = third.to_le_bytes();
        [first, second, third].into_iter().flat_map(u64::to_le_bytes).take(usize::from(number)).collect()
    }
}

fn as_flow(path: &Path) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let measurements = input(FileLines::new(path).parse_bytes(|line| {
            let (station, tenths) = parse(line);
            (Name::new(station), tenths)
        }));
        let by_station = measurements.key_on(|(station, _)| *station).map_value(|(_, tenths)| tenths);
        let summaries = by_station.fold_final(
            builder = || Summary::EMPTY,
            folder = |summary, tenths| {
                let mut summary = summary;
                summary.add(tenths);
                summary
            },
        );
        summaries.output(|(station, summary)| sum = sum.wrapping_add(summary.digest(&station.bytes())));
    };
    flow.run().expect("the file can be read");
    sum
}
