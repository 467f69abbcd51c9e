//! A source over the lines of a file.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Gives the lines of a text file, each as a `String`, or as what a function makes of it.
///
/// A line ends with `\n` or `\r\n`, which is not part of it. The file is opened when the flow starts; one
/// that is missing, cannot be read or holds a line that is not UTF-8 ends the run with an error that
/// names the file and the line.
pub struct FileLines<F = fn(&str) -> String> {
    path: PathBuf,
    parse: F,
    file: Option<BufReader<File>>,
    line: String,
    number: u64,
}

impl FileLines {
    /// The lines of the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        FileLines { path: path.into(), parse: str::to_owned, file: None, line: String::new(), number: 0 }
    }

    /// Gives what `parse` makes of each line, which then is never a `String` of its own.
    pub fn parse<T, F: FnMut(&str) -> T>(self, parse: F) -> FileLines<F> {
        FileLines { path: self.path, parse, file: self.file, line: self.line, number: self.number }
    }
}

impl<T, F: FnMut(&str) -> T> Source for FileLines<F> {
    type Item = T;

    fn open(&mut self) -> Result<(), BoxError> {
        let file = File::open(&self.path).map_err(|error| format!("{}: {error}", self.path.display()))?;
        self.file = Some(BufReader::with_capacity(1 << 16, file));
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, T>) -> Result<SourceStatus, BoxError> {
        let Some(file) = &mut self.file else { return Ok(SourceStatus::Ended) };
        while !batch.is_full() {
            self.line.clear();
            self.number += 1;
            let read = file.read_line(&mut self.line);
            let bytes = read.map_err(|error| format!("{}:{}: {error}", self.path.display(), self.number))?;
            if bytes == 0 {
                self.file = None;
                return Ok(SourceStatus::Ended);
            }
            batch.push((self.parse)(without_end(&self.line)));
        }
        Ok(SourceStatus::Ready)
    }
}

/// The line without what ends it.
fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

impl<F> fmt::Debug for FileLines<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLines")
            .field("path", &self.path)
            .field("line", &self.number)
            .finish_non_exhaustive()
    }
}
