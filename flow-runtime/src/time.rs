//! Instants, and where a run takes its `now` from.

mod simulated;
mod wall;

use std::error::Error;
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

pub use simulated::{SimulatedTime, StillTime};
pub use wall::WallTime;

/// An instant: whole nanoseconds since 1970-01-01T00:00:00Z, negative before it.
///
/// Reaches from the year 1678 into the year 2262. The two ends stand for "before all time" and
/// "after all time"; no item can carry them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Before all time: the watermark of a key that has seen nothing.
    pub const MIN: Self = Self(i64::MIN);
    /// After all time: the watermark at end of input, and the due time of what never comes due.
    pub const MAX: Self = Self(i64::MAX);

    /// The instant `nanoseconds` after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }

    /// This instant as a date and time.
    #[must_use]
    pub fn to_datetime(self) -> DateTime<Utc> {
        DateTime::from_timestamp_nanos(self.0)
    }

    /// The instant `span` later.
    ///
    /// # Errors
    /// [`OutOfRange`] when that is no instant any more.
    pub fn after(self, span: Span) -> Result<Self, OutOfRange> {
        self.0.checked_add(span.0).map(Self).ok_or_else(|| OutOfRange::at(self))
    }

    /// Nanoseconds from `earlier` to here; the ends of the range stay the ends.
    #[must_use]
    pub(crate) fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// As long after this instant as `to` is after `from`; the ends of the range stay the ends. Two instants
    /// may be further apart than a [`Span`] can tell, so nothing is cut off on the way.
    #[must_use]
    #[inline]
    pub(crate) fn carried(self, from: Self, to: Self) -> Self {
        if let Some(sum) = self.carried_nearby(from, to) {
            return sum;
        }
        Self::nearest(i128::from(self.0) + to.since_in_full(from))
    }

    /// The instant so many nanoseconds after 1970, or the end of the range that is nearest to it.
    #[must_use]
    pub(crate) fn nearest(nanoseconds: i128) -> Self {
        let end = if nanoseconds < 0 { i64::MIN } else { i64::MAX };
        Self(i64::try_from(nanoseconds).unwrap_or(end))
    }

    /// Nanoseconds from `earlier` to here, however many they are.
    #[must_use]
    pub(crate) fn since_in_full(self, earlier: Self) -> i128 {
        i128::from(self.0) - i128::from(earlier.0)
    }

    /// The instant between this one and a later one, but later than this.
    #[must_use]
    pub(crate) const fn half_way_to(self, later: Self) -> Self {
        Self(i64::midpoint(self.0 + 1, later.0))
    }

    /// What [`carried`](Self::carried) gives, where numbers of one word will do to find it, as nearly always.
    #[must_use]
    #[inline(always)]
    pub(crate) fn carried_nearby(self, from: Self, to: Self) -> Option<Self> {
        to.since_exactly(from).and_then(|passed| self.0.checked_add(passed.0)).map(Self)
    }

    /// Nanoseconds from `earlier` to here, none where they are more than a [`Span`] can tell.
    #[must_use]
    #[inline(always)]
    pub(crate) fn since_exactly(self, earlier: Self) -> Option<Span> {
        self.0.checked_sub(earlier.0).map(Span)
    }

    /// The instant `span` earlier, none where that is before all time.
    #[must_use]
    #[inline(always)]
    pub(crate) fn before(self, span: Span) -> Option<Self> {
        self.0.checked_sub(span.0).map(Self)
    }

    /// The instant `span` earlier, or [`Timestamp::MIN`].
    #[must_use]
    #[inline]
    pub(crate) fn saturating_before(self, span: Span) -> Self {
        // Nearly always that is an instant, and this costs less than to select one of two numbers.
        self.before(span).unwrap_or_else(|| Self(self.0.saturating_sub(span.0)))
    }

    /// The instant `span` later, or [`Timestamp::MAX`].
    #[must_use]
    #[inline]
    pub(crate) fn saturating_after(self, span: Span) -> Self {
        self.0.checked_add(span.0).map_or_else(|| Self(self.0.saturating_add(span.0)), Self)
    }

    /// When something comes due that is to wait for `span` from here: [`Timestamp::MAX`], which is never, for the
    /// longest span there is.
    #[must_use]
    #[inline]
    pub(crate) fn due_in(self, span: Span) -> Self {
        if span == Span::MAX { Self::MAX } else { self.saturating_after(span) }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::MIN => f.write_str("before all time"),
            Self::MAX => f.write_str("after all time"),
            // As ISO 8601 has it.
            instant => fmt::Debug::fmt(&instant.to_datetime(), f),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(instant: Timestamp) -> Self {
        instant.to_datetime()
    }
}

impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = OutOfRange;

    fn try_from(time: DateTime<Utc>) -> Result<Self, OutOfRange> {
        match time.timestamp_nanos_opt() {
            Some(i64::MIN | i64::MAX) | None => Err(OutOfRange { time }),
            Some(nanoseconds) => Ok(Self(nanoseconds)),
        }
    }
}

/// A length of time in whole nanoseconds, at most about 292 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

impl Span {
    /// The longest span there is.
    pub const MAX: Self = Self(i64::MAX);

    /// `length` in nanoseconds, or none where that is more than about 292 years. Less than minus 292 years
    /// is as negative as can be.
    #[must_use]
    pub fn from_delta(length: TimeDelta) -> Option<Self> {
        let least = (length < TimeDelta::zero()).then_some(i64::MIN);
        length.num_nanoseconds().or(least).map(Self)
    }

    /// So many nanoseconds.
    #[must_use]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// Nanoseconds.
    #[must_use]
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }
}

/// A time that cannot be counted in nanoseconds from 1970, or a computation that would lead to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    time: DateTime<Utc>,
}

impl OutOfRange {
    /// Names the instant from which the computation started.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self { time: instant.to_datetime() }
    }

    /// The item's timestamp.
    #[must_use]
    pub fn time(&self) -> DateTime<Utc> {
        self.time
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the timestamp {} leads out of the range of time, 1677-09-21 to 2262-04-11", self.time)
    }
}

impl Error for OutOfRange {}

/// Where a run takes its `now` from, and how it waits.
///
/// A run asks once per activation, and never lets its `now` go back, whatever this says.
pub trait TimeProvider {
    /// The time at this moment.
    fn now(&mut self) -> Timestamp;

    /// Whether this time never passes, so that waiting for one is in vain.
    fn stands_still(&self) -> bool {
        false
    }

    /// Waits until `until`, or until the current thread is unparked; with no `until`, for the
    /// latter alone. May return early.
    fn wait(&mut self, until: Option<Timestamp>);
}
