//! A sink that spreads lines over the files of a directory.

use std::fmt::{self, Display};
use std::path::PathBuf;

use super::{FileSink, PartitionedSink, Sink};
use crate::error::BoxError;

/// Writes the value of each pair, in its `Display` form, on a line of one of several text files of a
/// directory, which its key decides. The files are made, or emptied, when the flow starts; the directory has
/// to be there.
///
/// Keys that are text go by their [`adler32`]; for others, and for another order,
/// [`assigned_by`](DirSink::assigned_by) takes a function. Files are called `part_0`, `part_1` and so on.
///
/// ```
/// use flow_runtime::sinks::DirSink;
///
/// let by_name = DirSink::new("out", 3);
/// let by_number = DirSink::new("out", 10).assigned_by(|customer: &u64| *customer);
/// # let _ = (by_name, by_number);
/// ```
///
/// Bytewax: `DirSink`, whose numbers count the files in the order of their names' letters, so that number 2
/// of twelve is `part_10`. Here number 2 is `part_2`.
#[derive(Clone)]
pub struct DirSink<A = ByText> {
    directory: PathBuf,
    files: usize,
    namer: fn(usize, usize) -> String,
    assign: A,
}

impl DirSink {
    /// Spreads items over so many files; none is refused when the flow starts.
    pub fn new(directory: impl Into<PathBuf>, files: usize) -> Self {
        Self { directory: directory.into(), files, namer: |index, _| format!("part_{index}"), assign: ByText }
    }

    /// Asks `assign` which file a key goes to: files are counted from 0, and a number that is too large
    /// starts again from there.
    pub fn assigned_by<K, F: Fn(&K) -> u64>(self, assign: F) -> DirSink<ByFunction<F>> {
        let Self { directory, files, namer, assign: _ } = self;
        DirSink { directory, files, namer, assign: ByFunction(assign) }
    }
}

impl<A> DirSink<A> {
    /// Gives files names of your own, of their index, counted from 0, and the number of files.
    #[must_use]
    pub fn named_by(mut self, namer: fn(usize, usize) -> String) -> Self {
        self.namer = namer;
        self
    }
}

/// What decides which file of a [`DirSink`] a key goes to.
pub trait AssignFile<K> {
    /// The number of the file.
    fn assign(&self, key: &K) -> u64;
}

/// By the [`adler32`] of a key that is text.
#[derive(Clone, Copy, Debug)]
pub struct ByText;

impl<K: AsRef<str>> AssignFile<K> for ByText {
    fn assign(&self, key: &K) -> u64 {
        adler32(key.as_ref().as_bytes()).into()
    }
}

/// By a function of the key.
#[derive(Clone, Copy, Debug)]
pub struct ByFunction<F>(F);

impl<K, F: Fn(&K) -> u64> AssignFile<K> for ByFunction<F> {
    fn assign(&self, key: &K) -> u64 {
        (self.0)(key)
    }
}

impl<K, V: Display, A: AssignFile<K>> PartitionedSink<(K, V)> for DirSink<A> {
    type Part = ValueFile;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok((0..self.files).map(|index| (self.namer)(index, self.files)).collect())
    }

    fn build_part(&mut self, name: &str) -> Result<ValueFile, BoxError> {
        Ok(ValueFile(FileSink::new(self.directory.join(name))))
    }

    fn part_of(&self, (key, _): &(K, V)) -> u64 {
        self.assign.assign(key)
    }
}

impl<A> fmt::Debug for DirSink<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirSink")
            .field("directory", &self.directory)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// One file of a [`DirSink`]: takes pairs, and writes their values.
#[derive(Debug)]
pub struct ValueFile(FileSink);

impl<K, V: Display> Sink<(K, V)> for ValueFile {
    fn open(&mut self) -> Result<(), BoxError> {
        Sink::<V>::open(&mut self.0)
    }

    fn write(&mut self, (_, value): (K, V)) -> Result<(), BoxError> {
        self.0.write(value)
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        Sink::<V>::flush(&mut self.0)
    }

    fn close(&mut self) -> Result<(), BoxError> {
        Sink::<V>::close(&mut self.0)
    }
}

/// A hash of some bytes that is the same everywhere and always, as RFC 1950 defines it: for deciding where an
/// item goes. Short texts that differ little have hashes that differ little.
#[must_use]
pub fn adler32(bytes: &[u8]) -> u32 {
    /// The largest prime below 2¹⁶.
    const MODULUS: u32 = 65_521;
    let (low, high) = bytes.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % MODULUS;
        (low, (high + low) % MODULUS)
    });
    high << 16 | low
}
