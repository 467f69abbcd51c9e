//! A source that waits for its items on a thread of its own.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::{Batch, ChannelSource, Source, SourceStatus, channel};
use crate::error::BoxError;

/// Gives the items of an iterator that may wait for them: a receiver of another kind of channel, the messages
/// of a connection, the answers of slow requests.
///
/// A thread of its own takes them out of the iterator, so that the flow goes on meanwhile, and wakes the flow
/// when there is one. It takes at most `ahead` items that the flow has not taken yet, and pauses then. The
/// source ends with the iterator; a panic of the iterator ends the run with an error.
///
/// ```
/// use flow_runtime::sources::ThreadedSource;
///
/// let (sender, receiver) = std::sync::mpsc::channel();
/// let source = ThreadedSource::new(1000, receiver);
/// sender.send("hello").unwrap();
/// # let _ = source;
/// ```
///
/// Items that can fail are yours to route, with `try_map`. When the flow is gone, the thread ends as soon as
/// the iterator has given one more item.
pub struct ThreadedSource<I: Iterator> {
    ahead: usize,
    reading: Reading<I>,
}

enum Reading<I: Iterator> {
    NotYet(I),
    Running { items: ChannelSource<Given<I::Item>>, taken: Vec<Given<I::Item>> },
    Over,
}

/// An item, or the message of the panic that came instead.
type Given<T> = Result<T, String>;

impl<I: Iterator<Item: Send> + Send + 'static> ThreadedSource<I> {
    /// Takes anything that can be iterated on another thread; `ahead` is at least one.
    pub fn new(ahead: usize, items: impl IntoIterator<IntoIter = I>) -> Self {
        Self { ahead, reading: Reading::NotYet(items.into_iter()) }
    }
}

impl<I: Iterator<Item: Send> + Send + 'static> Source for ThreadedSource<I> {
    type Item = I::Item;

    fn open(&mut self) -> Result<(), BoxError> {
        let Reading::NotYet(mut iterator) = std::mem::replace(&mut self.reading, Reading::Over) else {
            return Err("the source has been opened before".into());
        };
        let (sender, items) = channel(self.ahead);
        thread::Builder::new().name("flow-source".to_owned()).spawn(move || {
            loop {
                let given = match catch_unwind(AssertUnwindSafe(|| iterator.next())) {
                    Ok(None) => return,
                    Ok(Some(item)) => Ok(item),
                    Err(panic) => Err(message(panic.as_ref())),
                };
                let failed = given.is_err();
                if sender.send(given).is_err() || failed {
                    return;
                }
            }
        })?;
        self.reading = Reading::Running { items, taken: Vec::new() };
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, I::Item>) -> Result<SourceStatus, BoxError> {
        let Reading::Running { items, taken } = &mut self.reading else { return Ok(SourceStatus::Ended) };
        let status = items.next_batch(&mut Batch::new(taken, batch.remaining(), batch.now, batch.waker))?;
        for item in taken.drain(..) {
            batch.push(item.map_err(|message| format!("the iterator panicked: {message}"))?);
        }
        Ok(status)
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a text").to_owned()
}

impl<I: Iterator> fmt::Debug for ThreadedSource<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadedSource").field("ahead", &self.ahead).finish_non_exhaustive()
    }
}
