//! Inputs that a test fills.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use super::instant;
use crate::error::BoxError;
use crate::sources::{Batch, Source, SourceStatus};
use crate::time::{SimulatedTime, Timestamp};

/// Pushes items into a flow. Made by [`Kit::input`](super::Kit::input).
#[derive(Debug)]
pub struct Input<T> {
    queue: Arc<Mutex<Queue<T>>>,
    time: SimulatedTime,
}

/// Gives a flow what its [`Input`] pushes. Made by [`Kit::input`](super::Kit::input), for flows that a
/// [`Run`](super::Run) drives: it wakes nobody.
#[derive(Debug)]
pub struct InputSource<T> {
    queue: Arc<Mutex<Queue<T>>>,
    finished: Arc<AtomicBool>,
}

/// What has been pushed and not been given.
#[derive(Debug)]
struct Queue<T> {
    /// In order of time; what was pushed for the same time is in order of its pushes.
    items: VecDeque<(Timestamp, T)>,
    /// Whether nothing more will be pushed.
    ended: bool,
    /// Whether there is a source that could give it.
    has_source: bool,
}

pub(super) fn pair<T>(time: &SimulatedTime, finished: &Arc<AtomicBool>) -> (Input<T>, InputSource<T>) {
    let queue = Queue { items: VecDeque::new(), ended: false, has_source: true };
    let queue = Arc::new(Mutex::new(queue));
    let source = InputSource { queue: Arc::clone(&queue), finished: Arc::clone(finished) };
    (Input { queue, time: time.clone() }, source)
}

fn lock<T>(queue: &Mutex<Queue<T>>) -> MutexGuard<'_, Queue<T>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Input<T> {
    /// Pushes an item for the present time. The flow takes it when the run is told to do something.
    ///
    /// # Panics
    /// When the input has ended, and when the flow is gone.
    #[track_caller]
    pub fn push(&self, item: T) {
        self.push_at(self.time.time(), item);
    }

    /// Pushes items for the present time, in their order.
    ///
    /// # Panics
    /// When the input has ended, and when the flow is gone.
    #[track_caller]
    pub fn push_all(&self, items: impl IntoIterator<Item = T>) {
        self.push_all_at(self.time.time(), items);
    }

    /// Pushes an item for a later time; it comes at that time, behind what has been pushed for it before. One
    /// whose time is past comes at once, ahead of what is pushed for the present time.
    ///
    /// # Panics
    /// When the input has ended, when the flow is gone, and when `time` is before 1678 or after 2261.
    #[track_caller]
    pub fn push_at(&self, time: DateTime<Utc>, item: T) {
        let time = instant(time);
        let mut queue = lock(&self.queue);
        let refused = match (queue.ended, queue.has_source) {
            (true, _) => Some("this input has ended: nothing can be pushed behind its end"),
            (_, false) => Some("the flow of this input is gone: nobody would take the item"),
            (false, true) => None,
        };
        if let Some(reason) = refused {
            // The lock is not to be poisoned by a mistake of the test's.
            drop(queue);
            panic!("{reason}");
        }
        let behind = queue.items.partition_point(|(of, _)| *of <= time);
        queue.items.insert(behind, (time, item));
    }

    /// Pushes items for a later time, in their order.
    ///
    /// # Panics
    /// When the input has ended, when the flow is gone, and when `time` is before 1678 or after 2261.
    #[track_caller]
    pub fn push_all_at(&self, time: DateTime<Utc>, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.push_at(time, item);
        }
    }

    /// Ends the input behind what has been pushed. An input that is not ended by the test ends when the run
    /// is [finished](super::Run::finish), not when it is dropped.
    pub fn end(&self) {
        lock(&self.queue).ended = true;
    }
}

impl<T> Source for InputSource<T> {
    type Item = T;

    fn next_batch(&mut self, batch: &mut Batch<'_, T>) -> Result<SourceStatus, BoxError> {
        let now = Timestamp::try_from(batch.now())?;
        let mut queue = lock(&self.queue);
        let ended = queue.ended || self.finished.load(Ordering::Relaxed);
        loop {
            match queue.items.pop_front() {
                Some((time, item)) if time <= now && !batch.is_full() => batch.push(item),
                Some((time, item)) => {
                    queue.items.push_front((time, item));
                    return Ok(if time <= now {
                        SourceStatus::Ready
                    } else {
                        SourceStatus::IdleAtMostUntil(time.to_datetime())
                    });
                }
                None if ended => return Ok(SourceStatus::Ended),
                None => return Ok(SourceStatus::Idle),
            }
        }
    }
}

impl<T> Drop for InputSource<T> {
    fn drop(&mut self) {
        lock(&self.queue).has_source = false;
    }
}
