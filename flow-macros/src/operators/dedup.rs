//! `dedup()`, `dedup(by = |value| …)` and `dedup(within = …)`.

use super::{Body, Gives, Kind, Operator, Takes, choosing, endless};

pub(super) const OPERATOR: Operator = Operator {
    name: "dedup",
    takes: Takes::Keyed,
    gives: Gives::Keyed,
    parameters: &[choosing("by", Kind::Function("|value| …"), "dedup_by"), endless("within", Kind::Length)],
    body: Body::Stateful,
    may_end: false,
};
