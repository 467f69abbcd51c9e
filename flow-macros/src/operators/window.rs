//! `window(clock = …, windower = …, logic = || …)`.

use super::{
    BOUNDS, Body, FORGET_KEYS_AFTER, Kind, LATE_WHEN, ORDERED, Operator, Takes, WINDOW_PORTS, required,
};

pub(super) const OPERATOR: Operator = Operator {
    name: "window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        required("logic", Kind::Builder),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
    ],
    body: Body::Stateful,
    may_end: false,
};
