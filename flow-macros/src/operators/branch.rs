//! `branch(|item| …)`.

use super::{Body, Gives, Kind, Operator, Port, PortKind, Ports, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "branch",
    takes: Takes::Any,
    gives: Gives::Ports(Ports {
        ports: &[
            Port { name: "trues", variant: "Trues", keyed: PortKind::Same, required: true },
            Port { name: "falses", variant: "Falses", keyed: PortKind::Same, required: true },
        ],
        choice: "Branched",
    }),
    parameters: &[required("predicate", Kind::Function("|item| …"))],
    body: Body::Choice,
    may_end: false,
};
