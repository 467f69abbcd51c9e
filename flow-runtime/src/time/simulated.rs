//! Times that move only when they are told to, so that every timing rule can be tested at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};

use super::{TimeProvider, Timestamp};

/// A time that its owner moves, and that jumps to the next due time when a run would have to wait.
///
/// Clones share one time: keep one, give the other to the run.
#[derive(Clone, Debug)]
pub struct SimulatedTime {
    nanoseconds: Arc<AtomicI64>,
}

impl SimulatedTime {
    /// A time that stands at `start`.
    ///
    /// # Panics
    /// When `start` is before 1678 or after 2261.
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self { nanoseconds: Arc::new(AtomicI64::new(instant(start).nanoseconds())) }
    }

    /// Moves the time on by `length`; a negative one moves it back.
    pub fn advance(&self, length: TimeDelta) {
        let length = length.num_nanoseconds().unwrap_or(i64::MAX);
        self.nanoseconds.fetch_add(length, Ordering::Relaxed);
    }

    /// Moves the time to `time`.
    ///
    /// # Panics
    /// When `time` is before 1678 or after 2261.
    pub fn set(&self, time: DateTime<Utc>) {
        self.nanoseconds.store(instant(time).nanoseconds(), Ordering::Relaxed);
    }

    /// The time it stands at.
    #[must_use]
    pub fn time(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }
}

impl TimeProvider for SimulatedTime {
    fn now(&mut self) -> Timestamp {
        Timestamp::from_nanoseconds(self.nanoseconds.load(Ordering::Relaxed))
    }

    fn wait(&mut self, until: Option<Timestamp>) {
        match until {
            Some(until) => {
                self.nanoseconds.fetch_max(until.nanoseconds(), Ordering::Relaxed);
            }
            None => thread::park(),
        }
    }
}

/// A time that never moves: watermarks then go by the items alone, so that a replay of recorded
/// data does not depend on how fast the machine is. Where nothing but windows looks at the time, any
/// will do: [`StillTime::default`] stands at the beginning of 1970.
#[derive(Clone, Copy, Debug)]
pub struct StillTime {
    now: Timestamp,
}

impl StillTime {
    /// A time that stands at `time` for good.
    ///
    /// # Panics
    /// When `time` is before 1678 or after 2261.
    #[must_use]
    pub fn at(time: DateTime<Utc>) -> Self {
        Self { now: instant(time) }
    }
}

impl Default for StillTime {
    fn default() -> Self {
        Self { now: Timestamp::from_nanoseconds(0) }
    }
}

impl TimeProvider for StillTime {
    fn now(&mut self) -> Timestamp {
        self.now
    }

    fn stands_still(&self) -> bool {
        true
    }

    /// A due time never comes here, so only a source can end the wait.
    fn wait(&mut self, _: Option<Timestamp>) {
        thread::park();
    }
}

fn instant(time: DateTime<Utc>) -> Timestamp {
    Timestamp::try_from(time).unwrap_or_else(|error| panic!("{error}"))
}
