//! `output(sink)`.

use super::{Body, Gives, Kind, Operator, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "output",
    takes: Takes::Any,
    gives: Gives::Nothing,
    parameters: &[required("sink", Kind::Sink)],
    body: Body::Sink,
    may_end: false,
};
