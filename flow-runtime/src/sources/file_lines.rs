//! A source over the lines of a file.

use std::convert::Infallible;
use std::fmt;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::lines::{BLOCK, Line, Lines};
use super::{Batch, Partition, Source, SourceStatus};
use crate::error::{BoxError, blaming};
use crate::graph::StepId;

/// Gives the lines of a text file, each as a `String`, or as what a function makes of it.
///
/// A line ends with `\n` or `\r\n`, which is not part of it. The file is opened when the flow starts; one
/// that is missing, cannot be read or holds a line that is not UTF-8 ends the run with an error that
/// names the file and the line.
///
/// It is read in blocks of 64 KiB, and a block grows until it holds a whole line: lines have no limit.
///
/// It is a [`Partition`], whose position is the number of bytes that have been read: that of the beginning of
/// the next line.
///
/// Bytewax: `FileSource`.
pub struct FileLines<P: ParseLine = Text<fn(&str) -> String>> {
    path: PathBuf,
    parser: P,
    file: Option<Lines<File, P::Line>>,
    /// How many lines have been read.
    number: u64,
    /// Where reading began, and where the next line begins, in bytes.
    start: u64,
    position: u64,
}

impl FileLines {
    /// The lines of the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let parser: Text<fn(&str) -> String> = Text(str::to_owned);
        Self { path: path.into(), parser, file: None, number: 0, start: 0, position: 0 }
    }

    /// Gives what `parse` makes of each line, which then is never a `String` of its own.
    pub fn parse<T, F: FnMut(&str) -> T>(self, parse: F) -> FileLines<Text<F>> {
        self.parsed_by(Text(parse))
    }

    /// Gives what `parse` makes of the bytes of each line: for files whose lines may not be UTF-8.
    pub fn parse_bytes<T, F: FnMut(&[u8]) -> T>(self, parse: F) -> FileLines<Bytes<F>> {
        self.parsed_by(Bytes(parse))
    }

    pub(super) fn parsed_by<P: ParseLine>(self, parser: P) -> FileLines<P> {
        let Self { path, number, start, position, .. } = self;
        FileLines { path, parser, file: None, number, start, position }
    }
}

impl<P: ParseLine> FileLines<P> {
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
    /// What a line is: a `str`, or bytes.
    type Line: Line + ?Sized;

    /// Makes an item of a line.
    fn parse(&mut self, line: &Self::Line) -> Self::Item;
}

/// A function of a line's text.
#[derive(Clone, Copy, Debug)]
pub struct Text<F>(pub(super) F);

/// A function of a line's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<F>(pub(super) F);

impl<T, F: FnMut(&str) -> T> ParseLine for Text<F> {
    type Item = T;
    type Line = str;

    #[inline(always)]
    fn parse(&mut self, line: &str) -> T {
        (self.0)(line)
    }
}

impl<T, F: FnMut(&[u8]) -> T> ParseLine for Bytes<F> {
    type Item = T;
    type Line = [u8];

    #[inline(always)]
    fn parse(&mut self, line: &[u8]) -> T {
        (self.0)(line)
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
        self.file = Some(Lines::new(file, BLOCK));
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, P::Item>) -> Result<SourceStatus, BoxError> {
        let pushed: Result<_, Infallible> = self.take_lines(batch.remaining(), |parser, line| {
            batch.push(parser.parse(line));
            Ok(())
        });
        let Ok((_, outcome)) = pushed;
        outcome
    }

    #[inline(always)]
    fn give_each<E>(
        &mut self,
        step: StepId,
        batch: &mut Batch<'_, P::Item>,
        mut each: impl FnMut(P::Item) -> Result<(), E>,
    ) -> Result<(usize, Result<SourceStatus, BoxError>), E> {
        self.take_lines(batch.remaining(), |parser, line| each(blaming(&step, || parser.parse(line))))
    }
}

impl<P: ParseLine> FileLines<P> {
    /// Hands the next lines to `each`, with what makes an item of one, at most so many. Says how many that were, and what
    /// the source says then.
    #[inline(always)]
    fn take_lines<E>(
        &mut self,
        most: usize,
        mut each: impl FnMut(&mut P, &P::Line) -> Result<(), E>,
    ) -> Result<(usize, Result<SourceStatus, BoxError>), E> {
        let Self { path, parser, file, number, start, position } = self;
        let mut given = 0;
        let outcome = loop {
            let Some(lines) = file else { break Ok(SourceStatus::Ended) };
            let more = lines.each(most - given, |line| each(parser, line))?;
            given += more;
            *number += more as u64;
            *position = *start + lines.position();
            if given == most {
                break Ok(SourceStatus::Ready);
            }
            if let Some(error) = lines.refused() {
                *number += 1;
                *position = *start + lines.position();
                break Err(error_at(path, *start, *number, &error));
            }
            match lines.read_on() {
                Ok(true) => {}
                Ok(false) => *file = None,
                Err(error) => break Err(error_at(path, *start, *number + 1, &error)),
            }
        };
        Ok((given, outcome))
    }
}

/// What went wrong with the line of this number, where reading began so many bytes behind the beginning.
#[cold]
fn error_at(path: &Path, start: u64, number: u64, error: &dyn fmt::Display) -> BoxError {
    match start {
        0 => format!("{}:{number}: {error}", path.display()).into(),
        start => format!("{}, line {number} from byte {start} on: {error}", path.display()).into(),
    }
}

impl<P: ParseLine> Partition for FileLines<P> {
    type Position = u64;

    fn position(&self) -> u64 {
        self.position
    }
}

impl<P: ParseLine> fmt::Debug for FileLines<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLines")
            .field("path", &self.path)
            .field("line", &self.number)
            .finish_non_exhaustive()
    }
}
