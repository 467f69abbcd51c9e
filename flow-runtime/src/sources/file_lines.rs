//! A source over the lines of a file.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::PathBuf;
use std::str;

use super::{Batch, Partition, Source, SourceStatus};
use crate::error::BoxError;

/// How much of the file is read at once, in bytes.
const BLOCK: usize = 1 << 16;

/// Gives the lines of a text file, each as a `String`, or as what a function makes of it.
///
/// A line ends with `\n` or `\r\n`, which is not part of it. The file is opened when the flow starts; one
/// that is missing, cannot be read or holds a line that is not UTF-8 ends the run with an error that
/// names the file and the line.
///
/// It is a [`Partition`], whose position is the number of bytes that have been read: that of the beginning of
/// the next line.
///
/// Bytewax: `FileSource`.
pub struct FileLines<P = Text<fn(&str) -> String>> {
    path: PathBuf,
    parser: P,
    file: Option<BufReader<File>>,
    line: Vec<u8>,
    number: u64,
    /// Where reading began, and where the next line begins, in bytes.
    start: u64,
    position: u64,
}

impl FileLines {
    /// The lines of the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let parser: Text<fn(&str) -> String> = Text(str::to_owned);
        Self { path: path.into(), parser, file: None, line: Vec::new(), number: 0, start: 0, position: 0 }
    }

    /// Gives what `parse` makes of each line, which then is never a `String` of its own.
    pub fn parse<T, F: FnMut(&str) -> T>(self, parse: F) -> FileLines<Text<F>> {
        self.parsed_by(Text(parse))
    }

    /// Gives what `parse` makes of the bytes of each line: for files whose lines may not be UTF-8.
    pub fn parse_bytes<T, F: FnMut(&[u8]) -> T>(self, parse: F) -> FileLines<Bytes<F>> {
        self.parsed_by(Bytes(parse))
    }

    pub(super) fn parsed_by<P>(self, parser: P) -> FileLines<P> {
        let Self { path, parser: _, file, line, number, start, position } = self;
        FileLines { path, parser, file, line, number, start, position }
    }
}

impl<P> FileLines<P> {
    /// Begins `bytes` behind the beginning of the file, where [`position`](Partition::position) has said that
    /// a line begins. A file that is shorter than that is refused when the flow starts.
    #[must_use]
    pub fn from_position(mut self, bytes: u64) -> Self {
        (self.start, self.position) = (bytes, bytes);
        self
    }
}

/// What makes items of lines.
pub trait ParseLine {
    /// What is made.
    type Item;

    /// Makes an item of a line.
    ///
    /// # Errors
    /// Where the line is not what the function takes.
    fn parse(&mut self, line: &[u8]) -> Result<Self::Item, str::Utf8Error>;
}

/// A function of a line's text.
#[derive(Clone, Copy, Debug)]
pub struct Text<F>(pub(super) F);

/// A function of a line's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<F>(pub(super) F);

impl<T, F: FnMut(&str) -> T> ParseLine for Text<F> {
    type Item = T;

    fn parse(&mut self, line: &[u8]) -> Result<T, str::Utf8Error> {
        str::from_utf8(line).map(&mut self.0)
    }
}

impl<T, F: FnMut(&[u8]) -> T> ParseLine for Bytes<F> {
    type Item = T;

    fn parse(&mut self, line: &[u8]) -> Result<T, str::Utf8Error> {
        Ok((self.0)(line))
    }
}

impl<P: ParseLine> Source for FileLines<P> {
    type Item = P::Item;

    fn open(&mut self) -> Result<(), BoxError> {
        let named = |error: &dyn fmt::Display| format!("{}: {error}", self.path.display());
        let mut file = File::open(&self.path).map_err(|error| named(&error))?;
        if self.start > 0 {
            let length = file.seek(SeekFrom::End(0)).map_err(|error| named(&error))?;
            if length < self.start {
                let error = format!("cannot go on at byte {}, the file has only {length}", self.start);
                return Err(named(&error).into());
            }
            file.seek(SeekFrom::Start(self.start)).map_err(|error| named(&error))?;
        }
        self.file = Some(BufReader::with_capacity(BLOCK, file));
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, P::Item>) -> Result<SourceStatus, BoxError> {
        let Self { path, parser, file, line, number, start, position } = self;
        let Some(reader) = file else { return Ok(SourceStatus::Ended) };
        while !batch.is_full() {
            line.clear();
            *number += 1;
            let at = |error: &dyn fmt::Display| match *start {
                0 => format!("{}:{number}: {error}", path.display()),
                start => format!("{}, line {number} from byte {start} on: {error}", path.display()),
            };
            let bytes = reader.read_until(b'\n', line).map_err(|error| at(&error))?;
            if bytes == 0 {
                *file = None;
                return Ok(SourceStatus::Ended);
            }
            *position += bytes as u64;
            batch.push(parser.parse(without_end(line)).map_err(|error| at(&error))?);
        }
        Ok(SourceStatus::Ready)
    }
}

impl<P: ParseLine> Partition for FileLines<P> {
    type Position = u64;

    fn position(&self) -> u64 {
        self.position
    }
}

/// The line without what ends it.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

impl<P> fmt::Debug for FileLines<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLines")
            .field("path", &self.path)
            .field("line", &self.number)
            .finish_non_exhaustive()
    }
}
