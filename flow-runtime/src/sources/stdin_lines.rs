//! A source over the lines of standard input.

use std::io;
use std::thread;

use super::{Batch, ChannelSource, Source, SourceStatus, channel};
use crate::error::BoxError;

/// How many lines may wait to be taken before reading pauses.
const AHEAD: usize = 1024;

/// Gives the lines of standard input, each as a `String`, until it is closed.
///
/// A thread of its own reads them, so that timers fire while nobody types.
#[derive(Debug, Default)]
pub struct StdinLines {
    lines: Option<ChannelSource<io::Result<String>>>,
    taken: Vec<io::Result<String>>,
}

impl StdinLines {
    /// The lines of standard input.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Source for StdinLines {
    type Item = String;

    fn open(&mut self) -> Result<(), BoxError> {
        let (sender, lines) = channel(AHEAD);
        self.lines = Some(lines);
        thread::Builder::new().name("flow-stdin".to_owned()).spawn(move || {
            for line in io::stdin().lines() {
                let failed = line.is_err();
                if sender.send(line).is_err() || failed {
                    break;
                }
            }
        })?;
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, String>) -> Result<SourceStatus, BoxError> {
        let Some(lines) = &mut self.lines else { return Ok(SourceStatus::Ended) };
        let mut taken = Batch::new(&mut self.taken, batch.remaining(), batch.now, batch.waker);
        let status = lines.next_batch(&mut taken)?;
        for line in self.taken.drain(..) {
            batch.push(line?);
        }
        Ok(status)
    }
}
