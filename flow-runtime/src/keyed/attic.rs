//! The keys of a step of which nothing is open, but something must not be forgotten.

use super::marks::Unmarked;
use super::table::Table;
use crate::key::Key;

/// The idle keys of a step: most have been idle for long in most flows, and cost little here.
pub(super) struct Attic<K, R> {
    table: Table<K, Kept<R>, Unmarked>,
    /// How many keys are here.
    keys: usize,
}

/// What is kept of a key.
struct Kept<R> {
    /// The age of its state.
    age: u64,
    rest: R,
}

impl<K: Key, R> Attic<K, R> {
    pub(super) fn new() -> Self {
        Self { table: Table::new(), keys: 0 }
    }

    /// Keeps what must not be forgotten of a key, which is not here.
    pub(super) fn put(&mut self, key: K, age: u64, rest: R) {
        let kept = Kept { age, rest };
        self.keys += 1;
        if let Some((_, entry)) = self.table.find(&key) {
            entry.state = Some(kept);
            return;
        }
        if !self.table.has_room(1) {
            self.table.make_room(1, |_| false, |_, _, _| {});
        }
        let slot = self.table.insert_at_once(key);
        self.table.entry(slot).state = Some(kept);
    }

    /// What was kept of a key, and the age of its state.
    pub(super) fn take(&mut self, key: &K) -> Option<(u64, R)> {
        if self.keys == 0 {
            return None;
        }
        let (_, entry) = self.table.find(key)?;
        let Kept { age, rest } = entry.state.take()?;
        self.keys -= 1;
        Some((age, rest))
    }

    /// Gives back room that is not used.
    pub(super) fn shrink(&mut self) {
        if self.keys < self.table.len() / 2 {
            self.table.compact(|_| false, |_, _, _| {});
        }
        self.table.shrink();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As a map.
        #[test]
        fn keeps_what_was_put_in(steps in proptest::collection::vec((any::<bool>(), 0..20_u32, 0..40_u8), 0..200)) {
            let mut attic = Attic::new();
            let mut model = HashMap::new();
            for (number, (puts, key, shrinks)) in (0..).zip(steps) {
                if puts && !model.contains_key(&key) {
                    attic.put(key, number, key.to_string());
                    model.insert(key, (number, key.to_string()));
                } else {
                    prop_assert_eq!(attic.take(&key), model.remove(&key));
                }
                if shrinks == 0 {
                    attic.shrink();
                }
            }
        }
    }
}
