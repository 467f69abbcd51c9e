//! `inspect(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "inspect",
    takes: Takes::Any,
    gives: Gives::Same,
    parameters: &[required("inspector", Kind::Function("|item| …"))],
    body: Body::One,
    may_end: true,
};
