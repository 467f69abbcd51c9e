//! What a block of `flow` runs on.
//!
//! Users depend on the crate `flow`, which re-exports from here what they need. From the outside in:
//! an [`engine`] drives a flow; [`sources`] and [`sinks`] are its ends; [`operators`] are the words of the
//! language, each a method on a [`stream`] token; the stateful ones are state machines per key that
//! [`keyed`] hosts: [`finals`] fold a key's values until the input ends, and those over [`windows`] go by a
//! clock and a windower; [`stateful`] is for those of the user's own. [`cache`] remembers what a look-up gave.
//! [`time`] is a value. [`testing`] is for tests of flows.

pub mod cache;
#[cfg(rust_analyzer)]
#[doc(hidden)]
pub mod editor;
pub mod engine;
pub mod error;
pub mod finals;
pub mod graph;
pub mod key;
pub mod keyed;
#[doc(hidden)]
pub mod known;
pub mod list;
pub mod operators;
#[doc(hidden)]
pub mod queue;
pub mod report;
pub mod sides;
pub mod sinks;
pub mod sources;
pub mod stateful;
pub mod stream;
pub mod testing;
pub mod time;
pub mod windows;
