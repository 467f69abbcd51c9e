//! `stateful_batch(logic = || …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "stateful_batch",
    Takes::Keyed,
    Gives::Keyed,
    &[required("logic", Kind::Builder)],
    Body::Stateful,
);
