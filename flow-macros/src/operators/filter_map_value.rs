//! `filter_map_value(|value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "filter_map_value",
    Takes::Keyed,
    Gives::Keyed,
    &[required("mapper", Kind::Function("|value| …"))],
    Body::Maybe,
);
