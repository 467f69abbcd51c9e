//! `collect_window(clock = …, windower = …)`.

use super::{
    BOUNDS, Body, EARLY, FORGET_KEYS_AFTER, Kind, LATE_WHEN, ORDERED, Operator, Takes, WINDOW_PORTS, Word,
    optional, required,
};

/// What the values of a window are gathered into.
const INTO: Kind = Kind::Word(&[
    Word { word: "list", value: "IntoList" },
    Word { word: "set", value: "IntoSet" },
    Word { word: "map", value: "IntoMap" },
]);

pub(super) const OPERATOR: Operator = Operator {
    name: "collect_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        optional("into", INTO, "list"),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
        EARLY,
    ],
    body: Body::Stateful,
    may_end: false,
};
