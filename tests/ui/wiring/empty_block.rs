//! A block without statements.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {};
}
