//! `join_interval(left, right, clock = …, before = …, after = …)`.

use super::{Body, Gives, Kind, Operator, Port, PortKind, Ports, Takes, required};

pub(super) const OPERATOR: Operator = Operator {
    name: "join_interval",
    takes: Takes::Sides { most: 2 },
    gives: Gives::Ports(Ports {
        ports: &[
            Port { name: "down", variant: "Down", keyed: PortKind::Keyed, required: false },
            Port { name: "late", variant: "Late", keyed: PortKind::Keyed, required: false },
        ],
        choice: "IntervalEvent",
    }),
    parameters: &[
        required("clock", Kind::Clock),
        required("before", Kind::Wait),
        required("after", Kind::Wait),
    ],
    body: Body::Stateful,
    may_end: false,
};
