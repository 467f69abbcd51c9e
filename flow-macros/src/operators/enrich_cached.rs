//! `enrich_cached(getter = |key| …, mapper = |cache, item| …)`.

use super::{Body, Gives, Kind, Operator, Takes, endless, optional, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "enrich_cached",
    takes: Takes::Any,
    gives: Gives::Plain,
    parameters: &[
        required("getter", Kind::Function("|key: &Key| …")),
        required("mapper", Kind::Function("|cache, item| …")),
        endless("ttl", Kind::Wait),
        optional("max_size", Kind::Count, "::core::primitive::usize::MAX"),
    ],
    body: Body::Informed,
    may_end: false,
};
