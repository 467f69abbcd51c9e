//! `flat_map_batch(|items| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator = closure(
    "flat_map_batch",
    Takes::Any,
    Gives::Plain,
    &[required("mapper", Kind::Function("|items| …"))],
    Body::Batch,
);
