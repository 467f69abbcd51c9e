//! `min_window(clock = …, windower = …, by = …)`.

use super::{
    BOUNDS, Body, EARLY, FORGET_KEYS_AFTER, Kind, LATE_WHEN, ORDERED, Operator, Takes, WINDOW_PORTS,
    choosing, required,
};

pub(super) const OPERATOR: Operator = Operator {
    name: "min_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        choosing("by", Kind::Function("|value| …"), "min_window_by"),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
        EARLY,
    ],
    body: Body::Stateful,
    may_end: false,
};
