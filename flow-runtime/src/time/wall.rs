//! The one file that reads the system clock.

use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{TimeProvider, Timestamp};

/// The system clock: what `run` uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct WallTime;

impl TimeProvider for WallTime {
    #[expect(clippy::disallowed_methods, reason = "this is the file that may")]
    fn now(&mut self) -> Timestamp {
        let nanoseconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX - 1),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN + 1, |n| -n),
        };
        Timestamp::from_nanoseconds(nanoseconds)
    }

    fn wait(&mut self, until: Option<Timestamp>) {
        let Some(until) = until else { return thread::park() };
        let left = until.since(self.now()).nanoseconds();
        if let Ok(left @ 1..) = u64::try_from(left) {
            thread::park_timeout(Duration::from_nanos(left));
        }
    }
}
