//! What the tests share: running a flow in every way that must not change what comes out.

use std::collections::BTreeMap;
use std::fmt::Debug;

use flow::engine::Running;
use flow::prelude::*;
use flow::time::TimeProvider;

/// The most items that a poll takes from a source.
const BATCHES: [usize; 4] = [1, 2, 7, 1000];

/// How a flow is driven. What comes out must not depend on it; only with several partitions may keys
/// overtake each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) batch: usize,
    pub(crate) partitions: u32,
}

impl Way {
    /// Makes a flow ready to be driven this way.
    pub(crate) fn start<F: Dataflow, T: TimeProvider>(self, flow: F, time: T) -> Running<F, T> {
        flow.start(time).batch_limit(self.batch).partitions(self.partitions)
    }

    /// Compares pairs of key and value: in order, or, where keys may overtake each other, in each key's order.
    #[track_caller]
    pub(crate) fn compare<K, V>(self, got: &[(K, V)], expected: &[(K, V)])
    where
        K: Ord + Debug,
        V: PartialEq + Debug,
    {
        if self.partitions == 1 {
            assert_eq!(got, expected, "{self:?}");
        } else {
            assert_eq!(by_key(got), by_key(expected), "{self:?}");
        }
    }
}

/// Does `run` in every way.
pub(crate) fn every_way(run: impl Fn(Way)) {
    for partitions in [1, 3] {
        for batch in BATCHES {
            run(Way { batch, partitions });
        }
    }
}

/// The values of each key, in order.
fn by_key<K: Ord, V>(pairs: &[(K, V)]) -> BTreeMap<&K, Vec<&V>> {
    let mut keys: BTreeMap<&K, Vec<&V>> = BTreeMap::new();
    for (key, value) in pairs {
        keys.entry(key).or_default().push(value);
    }
    keys
}
