//! `SessionWindower(gap = …)`.

use super::{Constructor, Kind, required};

pub(super) const CONSTRUCTOR: Constructor = Constructor {
    name: "SessionWindower",
    makes: Kind::Windower,
    parameters: &[required("gap", Kind::Wait)],
    function: "session_windower",
};
