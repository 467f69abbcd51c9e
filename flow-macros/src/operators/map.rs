//! `map(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator =
    closure("map", Takes::Any, Gives::Plain, &[required("mapper", Kind::Function("|item| …"))], Body::One);
