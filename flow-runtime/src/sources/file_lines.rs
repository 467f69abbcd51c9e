//! A source over the lines of a file.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::str;

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// How much of the file is read at once, in bytes.
const BLOCK: usize = 1 << 16;

/// Gives the lines of a text file, each as a `String`, or as what a function makes of it.
///
/// A line ends with `\n` or `\r\n`, which is not part of it. The file is opened when the flow starts; one
/// that is missing, cannot be read or holds a line that is not UTF-8 ends the run with an error that
/// names the file and the line.
pub struct FileLines<P = Text<fn(&str) -> String>> {
    path: PathBuf,
    parser: P,
    file: Option<BufReader<File>>,
    line: Vec<u8>,
    number: u64,
}

impl FileLines {
    /// The lines of the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), parser: Text(str::to_owned), file: None, line: Vec::new(), number: 0 }
    }

    /// Gives what `parse` makes of each line, which then is never a `String` of its own.
    pub fn parse<T, F: FnMut(&str) -> T>(self, parse: F) -> FileLines<Text<F>> {
        self.parsed_by(Text(parse))
    }

    /// Gives what `parse` makes of the bytes of each line: for files whose lines may not be UTF-8.
    pub fn parse_bytes<T, F: FnMut(&[u8]) -> T>(self, parse: F) -> FileLines<Bytes<F>> {
        self.parsed_by(Bytes(parse))
    }

    fn parsed_by<P>(self, parser: P) -> FileLines<P> {
        FileLines { path: self.path, parser, file: self.file, line: self.line, number: self.number }
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
pub struct Text<F>(F);

/// A function of a line's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<F>(F);

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
        let file = File::open(&self.path).map_err(|error| format!("{}: {error}", self.path.display()))?;
        self.file = Some(BufReader::with_capacity(BLOCK, file));
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, P::Item>) -> Result<SourceStatus, BoxError> {
        let Self { path, parser, file, line, number } = self;
        let Some(reader) = file else { return Ok(SourceStatus::Ended) };
        while !batch.is_full() {
            line.clear();
            *number += 1;
            let at = |error: &dyn fmt::Display| format!("{}:{number}: {error}", path.display());
            if reader.read_until(b'\n', line).map_err(|error| at(&error))? == 0 {
                *file = None;
                return Ok(SourceStatus::Ended);
            }
            batch.push(parser.parse(without_end(line)).map_err(|error| at(&error))?);
        }
        Ok(SourceStatus::Ready)
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
