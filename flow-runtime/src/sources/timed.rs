//! A source whose items come at given times.

use std::fmt;
use std::iter::Peekable;

use chrono::{DateTime, Utc};

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Gives each item at its time. Under [`SimulatedTime`](crate::time::SimulatedTime) a run over it plays
/// a whole scenario at once, due times between the items included.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use flow_runtime::sources::TimedSource;
///
/// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
/// let source = TimedSource::new([(start, 'a'), (start + TimeDelta::seconds(5), 'b')]);
/// # let _ = source;
/// ```
pub struct TimedSource<I: Iterator> {
    items: Peekable<I>,
}

impl<T, I: Iterator<Item = (DateTime<Utc>, T)>> TimedSource<I> {
    /// Takes pairs of time and item. An item whose time is past comes at once, behind those before it.
    pub fn new(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self { items: items.into_iter().peekable() }
    }
}

impl<T, I: Iterator<Item = (DateTime<Utc>, T)>> Source for TimedSource<I> {
    type Item = T;

    fn next_batch(&mut self, batch: &mut Batch<'_, T>) -> Result<SourceStatus, BoxError> {
        let now = batch.now();
        while !batch.is_full() {
            let Some((_, item)) = self.items.next_if(|(time, _)| *time <= now) else { break };
            batch.push(item);
        }
        Ok(match self.items.peek() {
            None => SourceStatus::Ended,
            Some((time, _)) if *time <= now => SourceStatus::Ready,
            Some((time, _)) => SourceStatus::IdleUntil(*time),
        })
    }
}

impl<I: Iterator> fmt::Debug for TimedSource<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TimedSource")
    }
}
