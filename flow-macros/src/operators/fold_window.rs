//! `fold_window(clock = …, windower = …, builder = …, folder = …, merger = …)`.

use super::{Body, Kind, Operator, Takes, WINDOW_PORTS, optional, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "fold_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        required("builder", Kind::Function),
        required("folder", Kind::Function),
        required("merger", Kind::Function),
        optional("ordered", Kind::Flag, "true"),
    ],
    body: Body::Stateful,
    may_end: false,
};
