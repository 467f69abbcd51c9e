//! `count_final(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "count_final",
    Takes::Any,
    Gives::Keyed,
    &[required("key", Kind::Function("|item| …"))],
    Body::Stateful,
);
