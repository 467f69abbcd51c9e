//! `join(a, b, …, insert_mode = …, emit_mode = …)`.

use super::{Body, EMIT_MODES, Gives, INSERT_MODES, MOST_SIDES, Operator, Takes, optional};

pub(super) const OPERATOR: Operator = Operator {
    name: "join",
    takes: Takes::Sides { most: MOST_SIDES },
    gives: Gives::Keyed,
    parameters: &[
        optional("insert_mode", INSERT_MODES, "last"),
        optional("emit_mode", EMIT_MODES, "complete"),
    ],
    body: Body::Stateful,
    may_end: false,
};
