//! `mean_window(clock = …, windower = …, of = …)`.

use super::{
    BOUNDS, Body, EARLY, FORGET_KEYS_AFTER, Kind, LATE_WHEN, ORDERED, Operator, Takes, WINDOW_PORTS, required,
};

pub(super) const OPERATOR: Operator = Operator {
    name: "mean_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        required("of", Kind::Function("|value| …")),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
        EARLY,
    ],
    body: Body::Stateful,
    may_end: false,
};
