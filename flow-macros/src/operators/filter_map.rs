//! `filter_map(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "filter_map",
    Takes::Any,
    Gives::Plain,
    &[required("mapper", Kind::Function("|item| …"))],
    Body::Maybe,
);
