//! `max_final()` and `max_final(by = |value| …)`.

use super::{Body, Gives, Kind, Operator, Takes, choosing, closure};

pub(super) const OPERATOR: Operator = closure(
    "max_final",
    Takes::Keyed,
    Gives::Keyed,
    &[choosing("by", Kind::Function("|value| …"), "max_final_by")],
    Body::Stateful,
);
