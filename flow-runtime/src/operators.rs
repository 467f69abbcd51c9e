//! The operators, a file each: the method that a block's operator becomes, and what it leaves behind for
//! the second half of the expansion to call.

mod branch;
mod collect;
mod collect_window;
mod filter;
mod filter_map;
mod filter_map_value;
mod filter_value;
mod flat_map;
mod flat_map_value;
mod flatten;
mod fold_window;
mod input;
mod inspect;
mod key_on;
mod key_rm;
mod map;
mod map_value;
mod merge;
mod output;
mod redistribute;
mod stateful_flat_map;
mod stateful_map;
mod try_map;

pub use branch::{Branch, Branched, Branches};
pub use collect::CollectLogic;
pub use collect_window::CollectInto;
pub use filter::Filter;
pub use filter_map::FilterMap;
pub use filter_map_value::FilterMapValue;
pub use filter_value::FilterValue;
pub use flat_map::FlatMap;
pub use flat_map_value::FlatMapValue;
pub use flatten::Flatten;
pub use fold_window::FoldInto;
pub use input::{Beginning, Input};
pub use inspect::Inspect;
pub use key_on::KeyOn;
pub use key_rm::KeyRm;
pub use map::Map;
pub use map_value::MapValue;
pub use output::Output;
pub use redistribute::Redistribute;
pub use stateful_flat_map::StatefulFlatMapLogic;
pub use stateful_map::StatefulMapLogic;
pub use try_map::{Tried, TryMap};
