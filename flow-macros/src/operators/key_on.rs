//! `key_on(|item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator =
    closure("key_on", Takes::Any, Gives::Keyed, &[required("key", Kind::Function("|item| …"))], Body::One);
