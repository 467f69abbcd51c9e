//! `fold_final(builder = …, folder = …)`.

use super::{Body, Gives, Kind, Operator, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "fold_final",
    takes: Takes::Keyed,
    gives: Gives::Keyed,
    parameters: &[
        required("builder", Kind::Builder),
        required("folder", Kind::Function("|accumulator, value| …")),
    ],
    body: Body::Stateful,
    may_end: false,
};
