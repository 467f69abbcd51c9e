//! `min_final()` and `min_final(by = |value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, choosing, closure};

pub(super) const OPERATOR: Operator = closure(
    "min_final",
    Takes::Keyed,
    Gives::Keyed,
    &[choosing("by", Kind::Function("|value| …"), "min_final_by")],
    Body::Stateful,
);
