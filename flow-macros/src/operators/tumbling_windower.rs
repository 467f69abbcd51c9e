//! `TumblingWindower(length = …, align_to = …)`.

use super::{Constructor, Kind, required};

pub(super) const CONSTRUCTOR: Constructor = Constructor {
    name: "TumblingWindower",
    makes: Kind::Windower,
    parameters: &[required("length", Kind::Length), required("align_to", Kind::Value)],
    function: "tumbling_windower",
};
