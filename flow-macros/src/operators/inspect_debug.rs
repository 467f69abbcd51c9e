//! `inspect_debug()` and `inspect_debug(|step, item, epoch, worker| …)`.

use super::{Body, Gives, Kind, Operator, Takes, choosing};

pub(super) const OPERATOR: Operator = Operator {
    name: "inspect_debug",
    takes: Takes::Any,
    gives: Gives::Same,
    parameters: &[choosing(
        "inspector",
        Kind::Function("|step, item, epoch, worker| …"),
        "inspect_debug_with",
    )],
    body: Body::Informed,
    may_end: true,
};
