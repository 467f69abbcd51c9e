//! A source that other threads and tasks feed.

use std::error::Error;
use std::fmt;
use std::sync::mpsc::{self, Receiver, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// A channel into a flow that holds at most `capacity` items that the flow has not taken yet; at
/// least one. Whoever sends more waits, so a flow that is slower than its senders slows them down. The source
/// ends when the last [`Sender`] is dropped, and what has been sent until then is given first.
///
/// ```
/// use flow_runtime::sources::channel;
///
/// let (sender, source) = channel(100);
/// std::thread::spawn(move || sender.send("hello"));
/// # let _ = source;
/// ```
#[must_use]
pub fn channel<T>(capacity: usize) -> (Sender<T>, ChannelSource<T>) {
    let (items, receiver) = mpsc::sync_channel(capacity.max(1));
    let bell = Arc::new(Bell::default());
    (Sender { items: Some(items), bell: Arc::clone(&bell) }, ChannelSource { items: receiver, bell })
}

/// The flow that waits at the other end, if it does.
#[derive(Debug, Default)]
struct Bell(Mutex<Option<Waker>>);

impl Bell {
    fn ring(&self) {
        if let Some(waker) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            waker.wake();
        }
    }

    fn leave(&self, waker: &Waker) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }
}

/// Feeds a [`ChannelSource`]. Clones feed the same one.
#[derive(Debug)]
pub struct Sender<T> {
    /// None only while it is dropped: the flow must see the channel closed when the bell rings.
    items: Option<SyncSender<T>>,
    bell: Arc<Bell>,
}

impl<T> Sender<T> {
    /// Hands `item` to the flow; waits while the channel is full.
    ///
    /// # Errors
    /// Gives the item back when the flow has gone.
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        let Some(items) = &self.items else { return Err(SendError(item)) };
        items.send(item).map_err(|error| SendError(error.0))?;
        self.bell.ring();
        Ok(())
    }

    /// Hands `item` to the flow if there is room for it, and does not wait.
    ///
    /// # Errors
    /// Gives the item back when the channel is full, or when the flow has gone.
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        let Some(items) = &self.items else { return Err(TrySendError::Disconnected(item)) };
        items.try_send(item)?;
        self.bell.ring();
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), bell: Arc::clone(&self.bell) }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.items = None;
        self.bell.ring();
    }
}

/// The flow has gone; here is the item that could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the flow at the other end of the channel has gone")
    }
}

impl<T: fmt::Debug> Error for SendError<T> {}

/// Why an item could not be sent at once; here it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// The flow has not taken what is in the channel.
    Full(T),
    /// The flow has gone.
    Disconnected(T),
}

impl<T> From<mpsc::TrySendError<T>> for TrySendError<T> {
    fn from(error: mpsc::TrySendError<T>) -> Self {
        match error {
            mpsc::TrySendError::Full(item) => Self::Full(item),
            mpsc::TrySendError::Disconnected(item) => Self::Disconnected(item),
        }
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "the channel into the flow is full",
            Self::Disconnected(_) => "the flow at the other end of the channel has gone",
        })
    }
}

impl<T: fmt::Debug> Error for TrySendError<T> {}

/// Gives what its [`Sender`]s send. Made by [`channel`].
#[derive(Debug)]
pub struct ChannelSource<T> {
    items: Receiver<T>,
    bell: Arc<Bell>,
}

impl<T> Source for ChannelSource<T> {
    type Item = T;

    fn next_batch(&mut self, batch: &mut Batch<'_, T>) -> Result<SourceStatus, BoxError> {
        // The waker is left before the look, so that an item sent in between rings.
        self.bell.leave(batch.waker());
        while !batch.is_full() {
            match self.items.try_recv() {
                Ok(item) => batch.push(item),
                Err(TryRecvError::Empty) => return Ok(SourceStatus::Idle),
                Err(TryRecvError::Disconnected) => return Ok(SourceStatus::Ended),
            }
        }
        Ok(SourceStatus::Ready)
    }
}
