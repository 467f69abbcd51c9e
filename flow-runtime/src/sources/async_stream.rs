//! A source over an asynchronous stream. Behind the feature `async`.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Gives the items of an asynchronous stream, and ends with it. While the stream has nothing, it wakes the
/// run.
///
/// The stream is polled by whoever drives the flow: [`run`](crate::engine::Dataflow::run) does so on its own
/// thread, and [`run_async`](crate::engine::Running::run_async) inside a task. A stream that needs the
/// reactor of a certain runtime, for sockets or timers, has to be driven inside that runtime.
///
/// A stream that cannot be moved once it has been polled, as most that are written with `async` blocks, is
/// pinned first: `StreamSource::new(Box::pin(stream))`.
///
/// ```
/// use flow::prelude::*;
/// use flow::sources::StreamSource;
/// use futures_core::Stream;
///
/// /// Lists of three, of any stream.
/// fn in_threes(numbers: impl Stream<Item = u32>) -> impl Dataflow {
///     dataflow! {
///         let numbers = input(StreamSource::new(Box::pin(numbers)));
///         let keyed = numbers.key_on(|_| "ALL");
///         let threes = keyed.collect(timeout = 10s, max_size = 3);
///         threes.output(StdOutSink);
///     }
/// }
/// ```
///
/// Needs the feature `async`. Bytewax: `batch_async`, which asks the stream for a while instead of being
/// woken.
#[derive(Clone, Debug)]
pub struct StreamSource<S> {
    stream: S,
}

impl<S: Stream + Unpin> StreamSource<S> {
    /// The items of `stream`.
    pub fn new(stream: S) -> Self {
        Self { stream }
    }
}

impl<S: Stream + Unpin> Source for StreamSource<S> {
    type Item = S::Item;

    fn next_batch(&mut self, batch: &mut Batch<'_, S::Item>) -> Result<SourceStatus, BoxError> {
        let mut context = Context::from_waker(batch.waker());
        while !batch.is_full() {
            match Pin::new(&mut self.stream).poll_next(&mut context) {
                Poll::Ready(Some(item)) => batch.push(item),
                Poll::Ready(None) => return Ok(SourceStatus::Ended),
                Poll::Pending => return Ok(SourceStatus::Idle),
            }
        }
        Ok(SourceStatus::Ready)
    }
}
