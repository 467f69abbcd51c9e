//! `stateful(logic = || …)`.

use super::{Body, Gives, Kind, Operator, Takes, closure, required};

pub(super) const OPERATOR: Operator =
    closure("stateful", Takes::Keyed, Gives::Keyed, &[required("logic", Kind::Builder)], Body::Stateful);
