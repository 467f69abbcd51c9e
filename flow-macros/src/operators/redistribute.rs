//! `redistribute()`.

use super::{Body, Gives, Operator, Takes};

pub(super) const OPERATOR: Operator = Operator {
    name: "redistribute",
    takes: Takes::Any,
    gives: Gives::Same,
    parameters: &[],
    body: Body::One,
    may_end: false,
};
