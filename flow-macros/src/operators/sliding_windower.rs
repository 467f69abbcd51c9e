//! `SlidingWindower(length = …, offset = …, align_to = …)`.

use super::{Constructor, Kind, required};

pub(super) const CONSTRUCTOR: Constructor = Constructor {
    name: "SlidingWindower",
    makes: Kind::Windower,
    parameters: &[
        required("length", Kind::Length),
        required("offset", Kind::LengthWithin("length")),
        required("align_to", Kind::Value),
    ],
    function: "sliding_windower",
};
