//! `flatten()`.

use super::{Body, Gives, Operator, Takes};

pub(super) const OPERATOR: Operator = Operator {
    name: "flatten",
    takes: Takes::Plain,
    gives: Gives::Plain,
    parameters: &[],
    body: Body::Many,
    may_end: false,
};
