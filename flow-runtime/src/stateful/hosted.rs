//! A logic in its place.

use chrono::{DateTime, Utc};

use super::alarm::Alarm;
use crate::keyed::Fate;
use crate::time::Timestamp;

/// A user's logic for a key, and when it is to be notified.
#[derive(Debug)]
pub struct Hosted<S> {
    pub(crate) logic: S,
    pub(crate) alarm: Alarm,
}

impl<S> Hosted<S> {
    pub(crate) fn new(logic: S) -> Self {
        Self { logic, alarm: Alarm::new() }
    }

    /// Notifies the logic of each time that has come, until it drops its state or has none left.
    #[inline]
    pub(crate) fn notify(
        &mut self,
        now: Timestamp,
        mut on_notify: impl FnMut(&mut S, DateTime<Utc>) -> Fate,
        notify_at: impl Fn(&S) -> Option<DateTime<Utc>>,
    ) -> Fate {
        while self.alarm.due() <= now {
            if on_notify(&mut self.logic, now.to_datetime()) == Fate::Drop {
                return Fate::Drop;
            }
            self.alarm.has_rung(notify_at(&self.logic));
        }
        Fate::Keep
    }
}

/// The time of the activation as a logic is told it: worked out once, and not for each item.
#[derive(Debug)]
pub(crate) struct Moment {
    now: Timestamp,
    time: DateTime<Utc>,
}

impl Moment {
    pub(crate) fn new() -> Self {
        Self { now: Timestamp::MIN, time: Timestamp::MIN.to_datetime() }
    }

    /// `now` as a date and time.
    #[inline]
    pub(crate) fn time(&mut self, now: Timestamp) -> DateTime<Utc> {
        if self.now != now {
            *self = Self { now, time: now.to_datetime() };
        }
        self.time
    }
}
