//! Where items come from.

#[cfg(feature = "async")]
mod async_stream;
mod channel;
mod file_lines;
mod files_lines;
mod iter;
mod lines;
mod partitioned;
mod polling;
mod stdin_lines;
mod testing;
mod threaded;
mod timed;

use std::task::Waker;

use chrono::{DateTime, Utc};

use crate::error::{BoxError, blaming};
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::time::Timestamp;

#[cfg(feature = "async")]
pub use async_stream::StreamSource;
pub use channel::{ChannelSource, SendError, Sender, TrySendError, channel};
pub use file_lines::{Bytes, FileLines, ParseLine, Text};
pub use files_lines::FilesLines;
pub use iter::IterSource;
pub use lines::Line;
pub use partitioned::{Partition, Partitioned, PartitionedSource, Position};
pub use polling::{PollError, PollingSource};
pub use stdin_lines::StdinLines;
pub use testing::TestingSource;
pub use threaded::ThreadedSource;
pub use timed::TimedSource;

/// Where a flow's items come from.
///
/// One that is made of several, each with a position of its own, implements [`PartitionedSource`] instead. A
/// source is dropped with its flow; what it holds it may let go when it says that it has ended.
///
/// Bytewax: `DynamicSource` with its only partition; what `next_awake` says there is said by the
/// [`SourceStatus`] here.
///
/// ```
/// use flow_runtime::error::BoxError;
/// use flow_runtime::sources::{Batch, Source, SourceStatus};
///
/// /// Counts down to zero.
/// struct Countdown(u32);
///
/// impl Source for Countdown {
///     type Item = u32;
///
///     fn next_batch(&mut self, batch: &mut Batch<'_, u32>) -> Result<SourceStatus, BoxError> {
///         while !batch.is_full() {
///             if self.0 == 0 {
///                 return Ok(SourceStatus::Ended);
///             }
///             self.0 -= 1;
///             batch.push(self.0);
///         }
///         Ok(SourceStatus::Ready)
///     }
/// }
/// ```
pub trait Source {
    /// What comes.
    type Item;

    /// Called once, before the first batch: the place to open files and connections.
    ///
    /// # Errors
    /// What keeps the source from starting. The run ends with it.
    fn open(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Puts the items at hand into `batch`, as many as it takes, and says when to ask again. Must not
    /// wait for items that are not there.
    ///
    /// # Errors
    /// What went wrong. Items already in the batch still go through the flow; then the run ends.
    fn next_batch(&mut self, batch: &mut Batch<'_, Self::Item>) -> Result<SourceStatus, BoxError>;

    /// The same for the source of `step`, but each item goes to `each` instead of into the batch, as soon as it is made
    /// where the source makes them one by one. What `each` fails with ends it. Says how many items that were, and what
    /// the source says then.
    #[doc(hidden)]
    #[inline(always)]
    fn give_each<E>(
        &mut self,
        step: StepId,
        batch: &mut Batch<'_, Self::Item>,
        mut each: impl FnMut(Self::Item) -> Result<(), E>,
    ) -> Result<(usize, Result<SourceStatus, BoxError>), E>
    where
        Self: Sized,
    {
        let outcome = blaming(&step, || self.next_batch(batch));
        let given = batch.given();
        batch.items.drain(..).try_for_each(&mut each)?;
        Ok((given, outcome))
    }
}

/// When a source wants to be asked again.
///
/// A run sleeps while all of its sources are idle, however long that is: there is no shortest pause. A source
/// that has nothing at hand, that knows no time and that cannot wake anybody says `IdleUntil(batch.now() +
/// pause)`, with a pause that is worth a look; one that says `Ready` and gives nothing is asked again at
/// once, and keeps the processor busy. Whatever one source says, the others are asked when they want to be.
///
/// Bytewax: `next_awake`, where no time means at once behind a batch with items, and a millisecond later
/// behind one without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceStatus {
    /// At once.
    Ready,
    /// There is nothing at hand; the source wakes the batch's [`waker`](Batch::waker) when there is.
    Idle,
    /// Not before this time, even if somebody is woken. A time that has come means at once.
    IdleUntil(DateTime<Utc>),
    /// When the source wakes the batch's [`waker`](Batch::waker), as [`Idle`](SourceStatus::Idle), and at
    /// this time if that has not happened.
    IdleAtMostUntil(DateTime<Utc>),
    /// Never: this was the last batch.
    Ended,
}

impl SourceStatus {
    /// Whether the source may wake the waker.
    pub(crate) fn may_wake(self) -> bool {
        matches!(self, Self::Idle | Self::IdleAtMostUntil(_))
    }
}

/// Where a source puts its items.
#[derive(Debug)]
pub struct Batch<'a, T> {
    items: &'a mut Vec<T>,
    limit: usize,
    now: Timestamp,
    waker: &'a Waker,
}

impl<'a, T> Batch<'a, T> {
    pub(crate) fn new(items: &'a mut Vec<T>, limit: usize, now: Timestamp, waker: &'a Waker) -> Self {
        Self { items, limit, now, waker }
    }

    /// Adds an item. One more than the batch should take is no error, only a larger batch.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Adds the first items of `items`, as many as the batch takes; says how many that were.
    #[inline]
    pub fn fill(&mut self, items: &mut impl Iterator<Item = T>) -> usize {
        let before = self.items.len();
        self.items.extend(items.take(self.remaining()));
        self.items.len() - before
    }

    /// A batch that takes as many of this one's items, but at most so many more.
    pub fn at_most(&mut self, items: usize) -> Batch<'_, T> {
        let limit = self.items.len().saturating_add(items).min(self.limit);
        Batch { items: self.items, limit, now: self.now, waker: self.waker }
    }

    /// How many items are in the batch.
    pub(crate) fn given(&self) -> usize {
        self.items.len()
    }

    /// How many more items the batch takes.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.limit.saturating_sub(self.items.len())
    }

    /// Whether the batch takes no more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.remaining() == 0
    }

    /// The time of this activation.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now.to_datetime()
    }

    /// What a source that is [`Idle`](SourceStatus::Idle) wakes when it has items again.
    #[must_use]
    pub fn waker(&self) -> &'a Waker {
        self.waker
    }
}

/// What `input` takes: a [`Source`], or what an adaptor makes one. Where it is none, rustc knows of no
/// `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a source",
    label = "items cannot come from here",
    note = "an iterator becomes a source with `IterSource::new(…)`, the name of a file with `FileLines::new(…)`; a type \
            of your own implements `Source`"
)]
pub trait IsSource<M> {
    /// What comes.
    type Item;
    /// The source.
    type Itself: Source<Item = Self::Item>;

    /// Gives the source.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<S: Source> IsSource<Known> for S {
    type Item = S::Item;
    type Itself = S;

    fn itself(self) -> S {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<S: Never + Source> IsSource<Unknown> for S {
    type Item = S::Item;
    type Itself = S;

    fn itself(self) -> S {
        self
    }
}
