//! `merge(a, b, …)`.

use super::{Body, Gives, Operator, Takes};

pub(super) const OPERATOR: Operator = Operator {
    name: "merge",
    takes: Takes::Streams,
    gives: Gives::Same,
    parameters: &[],
    body: Body::Merge,
    may_end: false,
};
