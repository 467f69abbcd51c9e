//! `collect(timeout = …, max_size = …)`.

use super::{Body, Gives, Kind, Operator, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "collect",
    takes: Takes::Keyed,
    gives: Gives::Keyed,
    parameters: &[required("timeout", Kind::Length), required("max_size", Kind::Count)],
    body: Body::Stateful,
    may_end: false,
};
