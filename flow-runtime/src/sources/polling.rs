//! A source that asks a function at regular times.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Batch, Source, SourceStatus};
use crate::error::BoxError;

/// Asks a function for an item at regular times: what a web page says every ten seconds, what a table says
/// every hour.
///
/// It is asked first when the flow starts, or, with [`align_to`](PollingSource::align_to), at the first time
/// in step with that; and then each `interval` later. A time that has gone by while the run was busy
/// elsewhere is not made up for: one late call stands for all that were missed, and those behind it are where
/// they would have been. A function that waits holds up the whole flow; one that takes long belongs into a
/// [`ThreadedSource`](super::ThreadedSource).
///
/// ```
/// use chrono::TimeDelta;
/// use flow_runtime::sources::{PollError, PollingSource};
///
/// # fn temperature() -> Result<Option<f64>, std::io::Error> { Ok(Some(20.0)) }
/// let source = PollingSource::new(TimeDelta::seconds(10), || match temperature()? {
///     Some(degrees) if degrees > -273.15 => Ok(Some(degrees)),
///     Some(_) => Err(PollError::RetryAfter(TimeDelta::seconds(1))),
///     None => Ok(None),
/// });
/// # let _ = source;
/// ```
///
/// Bytewax: `SimplePollingSource`, which makes up for missed times with one call behind the other, and which
/// a retry brings out of step with `align_to`.
pub struct PollingSource<F> {
    interval: TimeDelta,
    align_to: Option<DateTime<Utc>>,
    poll: F,
    next: Option<DateTime<Utc>>,
}

/// Why a [`PollingSource`]'s function gives no item, where that is not just because there is none. Any other
/// error becomes [`Failed`](PollError::Failed) with `?`.
#[derive(Debug)]
pub enum PollError {
    /// Asks again after so long instead of at the usual time; at once where that is zero or less.
    RetryAfter(TimeDelta),
    /// There will be no more: the source ends.
    Ended,
    /// The run ends with this error.
    Failed(BoxError),
}

impl<E: Into<BoxError>> From<E> for PollError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl<T, F: FnMut() -> Result<Option<T>, PollError>> PollingSource<F> {
    /// Asks `poll` every `interval`. `Ok(None)` means that there is nothing this time. An interval that is
    /// not positive is refused when the flow starts.
    pub fn new(interval: TimeDelta, poll: F) -> Self {
        Self { interval, align_to: None, poll, next: None }
    }
}

impl<F> PollingSource<F> {
    /// Asks at times that are whole intervals away from `time`, before or after it.
    #[must_use]
    pub fn align_to(mut self, time: DateTime<Utc>) -> Self {
        self.align_to = Some(time);
        self
    }

    /// The first time to ask, seen from `now`: `now` itself where nothing is to be in step with.
    fn first(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.align_to.map_or(now, |start| in_step(start, self.interval, now))
    }

    /// The first time to ask behind `now`, when it has been asked at `asked`.
    fn after(&self, asked: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        let now = later(now, TimeDelta::nanoseconds(1));
        in_step(self.align_to.unwrap_or(asked), self.interval, now)
    }
}

/// The first time at `from` or behind it that is whole intervals away from `start`.
fn in_step(start: DateTime<Utc>, interval: TimeDelta, from: DateTime<Utc>) -> DateTime<Utc> {
    let (Some(gap), Some(length)) = ((from - start).num_nanoseconds(), interval.num_nanoseconds()) else {
        // Further apart than nanoseconds can be counted: what is in step there is anybody's guess.
        return later(from, interval);
    };
    match gap.rem_euclid(length) {
        0 => from,
        past => later(from, TimeDelta::nanoseconds(length - past)),
    }
}

/// `time` and so much more; the end of time is as late as it gets.
fn later(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

impl<T, F: FnMut() -> Result<Option<T>, PollError>> Source for PollingSource<F> {
    type Item = T;

    fn open(&mut self) -> Result<(), BoxError> {
        if self.interval <= TimeDelta::zero() {
            return Err("`interval` has to be more than zero".into());
        }
        Ok(())
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, T>) -> Result<SourceStatus, BoxError> {
        let now = batch.now();
        let asked = self.next.unwrap_or_else(|| self.first(now));
        if asked > now {
            self.next = Some(asked);
            return Ok(SourceStatus::IdleUntil(asked));
        }
        let next = match (self.poll)() {
            Ok(item) => {
                if let Some(item) = item {
                    batch.push(item);
                }
                self.after(asked, now)
            }
            Err(PollError::RetryAfter(pause)) => later(now, pause.max(TimeDelta::zero())),
            Err(PollError::Ended) => return Ok(SourceStatus::Ended),
            Err(PollError::Failed(error)) => return Err(error),
        };
        self.next = Some(next);
        Ok(SourceStatus::IdleUntil(next))
    }
}

impl<F> fmt::Debug for PollingSource<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollingSource")
            .field("interval", &self.interval)
            .field("align_to", &self.align_to)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
