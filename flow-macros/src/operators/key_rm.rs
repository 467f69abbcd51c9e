//! `key_rm()`.

use super::{Body, Gives, Operator, Takes};

pub(super) const OPERATOR: Operator = Operator {
    name: "key_rm",
    takes: Takes::Keyed,
    gives: Gives::Plain,
    parameters: &[],
    body: Body::One,
    may_end: false,
};
