//! `input(source)`.

use super::{Body, Gives, Kind, Operator, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "input",
    takes: Takes::Nothing,
    gives: Gives::Plain,
    parameters: &[required("source", Kind::Value)],
    body: Body::Source,
    may_end: false,
};
