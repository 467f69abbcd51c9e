//! `inspect(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator =
    closure("inspect", Takes::Any, Gives::Same, &[required("inspector", Kind::Function)], Body::One);
