//! Outputs that a test reads.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::error::BoxError;
use crate::sinks::Sink;
use crate::time::SimulatedTime;

/// Keeps what a flow gives. Made by [`Kit::output`](super::Kit::output).
#[derive(Debug)]
pub struct OutputSink<T> {
    taken: Arc<Mutex<Taken<T>>>,
    time: SimulatedTime,
}

/// Says what has come out of a flow. Made by [`Kit::output`](super::Kit::output).
#[derive(Debug)]
pub struct Output<T> {
    taken: Arc<Mutex<Taken<T>>>,
}

/// What a sink has got, and whether that was all.
#[derive(Debug)]
struct Taken<T> {
    items: Vec<(DateTime<Utc>, T)>,
    is_closed: bool,
}

pub(super) fn pair<T>(time: &SimulatedTime) -> (OutputSink<T>, Output<T>) {
    let taken = Arc::new(Mutex::new(Taken { items: Vec::new(), is_closed: false }));
    (OutputSink { taken: Arc::clone(&taken), time: time.clone() }, Output { taken })
}

fn lock<T>(taken: &Mutex<Taken<T>>) -> MutexGuard<'_, Taken<T>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Output<T> {
    /// Takes what has come out so far, in its order, and leaves nothing.
    #[must_use]
    pub fn take(&self) -> Vec<T> {
        self.take_timed().into_iter().map(|(_, item)| item).collect()
    }

    /// Takes what has come out so far, with the time at which each item did.
    #[must_use]
    pub fn take_timed(&self) -> Vec<(DateTime<Utc>, T)> {
        std::mem::take(&mut lock(&self.taken).items)
    }

    /// Whether there is nothing to take.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        lock(&self.taken).items.is_empty()
    }

    /// Whether the flow has closed the sink: it does so when it has ended well.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        lock(&self.taken).is_closed
    }
}

impl<T> Sink<T> for OutputSink<T> {
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        lock(&self.taken).items.push((self.time.time(), item));
        Ok(())
    }

    fn close(&mut self) -> Result<(), BoxError> {
        lock(&self.taken).is_closed = true;
        Ok(())
    }
}
