//! `collect(timeout = …, max_size = …)`, with `idle_timeout` beside or instead of `timeout`.

use super::{Absent, Body, Gives, Kind, Operator, Parameter, Takes, choosing, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "collect",
    takes: Takes::Keyed,
    gives: Gives::Keyed,
    parameters: &[
        Parameter { name: "timeout", kind: Kind::Length, absent: Absent::Unless("idle_timeout") },
        required("max_size", Kind::Count),
        choosing("idle_timeout", Kind::Length, "collect_idle"),
    ],
    body: Body::Stateful,
    may_end: false,
};
