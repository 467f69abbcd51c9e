//! `join_window(a, b, …, clock = …, windower = …, insert_mode = …, emit_mode = …)`.

use super::{
    BOUNDS, Body, EMIT_MODES, FORGET_KEYS_AFTER, INSERT_MODES, Kind, LATE_WHEN, MOST_SIDES, ORDERED,
    Operator, Takes, WINDOW_PORTS, optional, required,
};

pub(super) const OPERATOR: Operator = Operator {
    name: "join_window",
    takes: Takes::Sides { most: MOST_SIDES },
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        optional("insert_mode", INSERT_MODES, "last"),
        optional("emit_mode", EMIT_MODES, "final"),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
    ],
    body: Body::Stateful,
    may_end: false,
};
