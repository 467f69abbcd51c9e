//! `stateful_flat_map(|state, value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "stateful_flat_map",
    Takes::Keyed,
    Gives::Keyed,
    &[required("mapper", Kind::Function("|state, value| …"))],
    Body::Stateful,
);
