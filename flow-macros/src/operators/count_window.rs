//! `count_window(clock = …, windower = …)`.

use super::{Body, Kind, Operator, Takes, WINDOW_PORTS, optional, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "count_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        optional("ordered", Kind::Flag, "false"),
    ],
    body: Body::Stateful,
    may_end: false,
};
