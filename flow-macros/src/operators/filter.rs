//! `filter(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "filter",
    Takes::Any,
    Gives::Same,
    &[required("predicate", Kind::Function("|item| …"))],
    Body::Keep,
);
