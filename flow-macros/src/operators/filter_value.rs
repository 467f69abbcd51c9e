//! `filter_value(|value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "filter_value",
    Takes::Keyed,
    Gives::Keyed,
    &[required("predicate", Kind::Function("|value| …"))],
    Body::Keep,
);
