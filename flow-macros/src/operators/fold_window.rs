//! `fold_window(clock = …, windower = …, builder = …, folder = …, merger = …, combine = …)`.

use super::{
    BOUNDS, Body, EARLY, FORGET_KEYS_AFTER, Kind, LATE_WHEN, NOTHING, ORDERED, Operator, Takes, WINDOW_PORTS,
    Word, choosing, required,
};

/// Whether windows that overlap share what they hold. It is written out, because types depend on it.
const COMBINE: Kind =
    Kind::Word(&[Word { word: "true", value: "Shared" }, Word { word: "false", value: NOTHING }]);

pub(super) const OPERATOR: Operator = Operator {
    name: "fold_window",
    takes: Takes::Keyed,
    gives: WINDOW_PORTS,
    parameters: &[
        required("clock", Kind::Clock),
        required("windower", Kind::Windower),
        required("builder", Kind::Builder),
        required("folder", Kind::Function("|accumulator, value| …")),
        required("merger", Kind::Function("|target, absorbed| …")),
        choosing("combine", COMBINE, "fold_window_combined"),
        ORDERED,
        BOUNDS,
        LATE_WHEN,
        FORGET_KEYS_AFTER,
        EARLY,
    ],
    body: Body::Stateful,
    may_end: false,
};
