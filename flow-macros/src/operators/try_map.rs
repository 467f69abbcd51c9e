//! `try_map(|item| …)`.

use super::{Body, Gives, Kind, Operator, Port, PortKind, Ports, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "try_map",
    takes: Takes::Any,
    gives: Gives::Ports(Ports {
        ports: &[
            Port { name: "ok", variant: "Ok", keyed: PortKind::Plain, required: true },
            Port { name: "err", variant: "Err", keyed: PortKind::Plain, required: true },
        ],
        choice: "Result",
    }),
    parameters: &[required("mapper", Kind::Function("|item| …"))],
    body: Body::Choice,
    may_end: false,
};
