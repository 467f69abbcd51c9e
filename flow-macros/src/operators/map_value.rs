//! `map_value(|value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "map_value",
    Takes::Keyed,
    Gives::Keyed,
    &[required("mapper", Kind::Function("|value| …"))],
    Body::One,
);
