//! A source over the lines of standard input.

use std::io;

use super::{Batch, Source, SourceStatus, ThreadedSource};
use crate::error::BoxError;

/// How many lines may wait to be taken before reading pauses.
const AHEAD: usize = 1024;

/// Gives the lines of standard input, each as a `String`, until it is closed.
///
/// A thread of its own reads them, so that timers fire while nobody types.
#[derive(Debug)]
pub struct StdinLines {
    lines: ThreadedSource<Lines>,
    taken: Vec<io::Result<String>>,
}

impl StdinLines {
    /// The lines of standard input.
    #[must_use]
    pub fn new() -> Self {
        Self { lines: ThreadedSource::new(AHEAD, Lines), taken: Vec::new() }
    }
}

impl Default for StdinLines {
    fn default() -> Self {
        Self::new()
    }
}

impl Source for StdinLines {
    type Item = String;

    fn open(&mut self) -> Result<(), BoxError> {
        self.lines.open()
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, String>) -> Result<SourceStatus, BoxError> {
        let mut taken = Batch::new(&mut self.taken, batch.remaining(), batch.now, batch.waker);
        let status = self.lines.next_batch(&mut taken)?;
        for line in self.taken.drain(..) {
            batch.push(line?);
        }
        Ok(status)
    }
}

/// The lines, without a lock on standard input between two of them.
#[derive(Debug)]
struct Lines;

impl Iterator for Lines {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<io::Result<String>> {
        io::stdin().lines().next()
    }
}
