//! `CountWindower(length = …)` and `CountWindower(length = …, offset = …)`.

use super::{Constructor, Kind, choosing, required};

pub(super) const CONSTRUCTOR: Constructor = Constructor {
    name: "CountWindower",
    makes: Kind::Windower,
    parameters: &[
        required("length", Kind::Count),
        choosing("offset", Kind::CountWithin("length"), "sliding_count_windower"),
    ],
    function: "count_windower",
};
