//! When a logic is to be notified: at each of its times once.

use chrono::{DateTime, Utc};

use crate::time::Timestamp;

/// The next time of a logic. One that the logic gives again behind the next call is no new one.
#[derive(Debug)]
pub(crate) struct Alarm {
    /// [`Timestamp::MAX`] for never.
    due: Timestamp,
    /// What the logic gave last.
    given: Option<DateTime<Utc>>,
}

impl Alarm {
    pub(super) fn new() -> Self {
        Self { due: Timestamp::MAX, given: None }
    }

    /// The time at which the logic is to be notified.
    #[inline]
    pub(crate) fn due(&self) -> Timestamp {
        self.due
    }

    /// Takes the time that the logic gives behind a call.
    #[inline]
    pub(crate) fn set(&mut self, time: Option<DateTime<Utc>>) {
        if time != self.given {
            *self = Self { due: instant(time), given: time };
        }
    }

    /// Takes the time that the logic gives behind its notification. One that is not later than the one it was
    /// notified of would never end.
    pub(super) fn has_rung(&mut self, time: Option<DateTime<Utc>>) {
        let next = instant(time);
        let due = if next <= self.due { Timestamp::MAX } else { next };
        *self = Self { due, given: time };
    }

    /// Takes the time back.
    pub(crate) fn stop(&mut self) {
        self.due = Timestamp::MAX;
    }
}

/// A due time as an instant: one before the range of time has come, one behind it never does.
fn instant(time: Option<DateTime<Utc>>) -> Timestamp {
    let Some(time) = time else { return Timestamp::MAX };
    let end = if time < DateTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::try_from(time).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    #[test]
    fn a_time_rings_once_until_another_is_given() {
        let mut alarm = Alarm::new();
        alarm.set(Some(at(5)));
        assert_eq!(alarm.due(), instant(Some(at(5))));
        alarm.has_rung(Some(at(5)));
        assert_eq!(alarm.due(), Timestamp::MAX);
        alarm.set(Some(at(5)));
        assert_eq!(alarm.due(), Timestamp::MAX);
        alarm.set(None);
        alarm.set(Some(at(5)));
        assert_eq!(alarm.due(), instant(Some(at(5))));
    }

    #[test]
    fn a_time_that_is_taken_back_does_not_ring() {
        let mut alarm = Alarm::new();
        alarm.set(Some(at(5)));
        alarm.set(None);
        assert_eq!(alarm.due(), Timestamp::MAX);
    }

    #[test]
    fn what_is_left_behind_has_to_be_later() {
        let mut alarm = Alarm::new();
        alarm.set(Some(at(5)));
        alarm.has_rung(Some(at(4)));
        assert_eq!(alarm.due(), Timestamp::MAX);
        alarm.set(Some(at(3)));
        alarm.has_rung(Some(at(6)));
        assert_eq!(alarm.due(), instant(Some(at(6))));
    }

    #[test]
    fn times_beyond_the_range_are_before_all_or_never() {
        let mut alarm = Alarm::new();
        alarm.set(Some(DateTime::<Utc>::MIN_UTC));
        assert_eq!(alarm.due(), Timestamp::MIN);
        alarm.set(Some(DateTime::<Utc>::MAX_UTC));
        assert_eq!(alarm.due(), Timestamp::MAX);
    }
}
