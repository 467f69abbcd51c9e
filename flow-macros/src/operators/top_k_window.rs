//! `top_k_window(clock = …, windower = …, k = …, by = …)`.

use super::{
    BOUNDS, Body, EARLY, FORGET_KEYS_AFTER, Kind, LATE_WHEN, ORDERED, Operator, Takes, WINDOW_PORTS, required,
};

pub(super) const OPERATOR: Operator = Operator {
    name: "top_k_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        required("k", Kind::Count),
        required("by", Kind::Function("|value| …")),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
        EARLY,
    ],
    body: Body::Stateful,
    may_end: false,
};
