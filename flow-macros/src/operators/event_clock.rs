//! `EventClock(|item| …, wait_for_system_duration = …)`.

use super::{Constructor, Kind, required};

pub(super) const CONSTRUCTOR: Constructor = Constructor {
    name: "EventClock",
    makes: Kind::Clock,
    parameters: &[required("ts_getter", Kind::Getter), required("wait_for_system_duration", Kind::Wait)],
    function: "event_clock",
};
