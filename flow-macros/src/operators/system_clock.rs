//! `SystemClock()`.

use super::{Constructor, Kind};

pub(super) const CONSTRUCTOR: Constructor =
    Constructor { name: "SystemClock", makes: Kind::Clock, parameters: &[], function: "system_clock" };
