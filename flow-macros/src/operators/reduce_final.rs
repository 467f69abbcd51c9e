//! `reduce_final(|value, next| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "reduce_final",
    Takes::Keyed,
    Gives::Keyed,
    &[required("reducer", Kind::Function("|value, next| …"))],
    Body::Stateful,
);
