//! `collect_window(clock = …, windower = …)`.

use super::{Body, Kind, Operator, Takes, WINDOW_PORTS, optional, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "collect_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        optional("ordered", Kind::Flag, "true"),
    ],
    body: Body::Stateful,
    may_end: false,
};
