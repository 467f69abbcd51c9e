//! W2, for the peers that have no windows of so many items.

use super::{Map, Operator};
use crate::shared::workloads::{give_list, name};

/// Lists of three.
#[derive(Clone)]
pub(crate) struct Lists<K> {
    lists: Map<K, Vec<u64>>,
}

impl<K> Default for Lists<K> {
    fn default() -> Self {
        Self { lists: Map::default() }
    }
}

/// A key that has a number for checksums.
pub(crate) trait Numbered: Clone + Eq + std::hash::Hash + Send + 'static {
    fn number(&self) -> u64;
}

impl Numbered for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

impl Numbered for &'static str {
    fn number(&self) -> u64 {
        name(self)
    }
}

impl<K: Numbered> Operator<(K, u64)> for Lists<K> {
    type Row = (K, Vec<u64>);

    fn take(&mut self, (key, item): (K, u64), mut give: impl FnMut(Self::Row)) {
        let list = self.lists.entry(key.clone()).or_default();
        list.push(item);
        if list.len() == 3 {
            give((key, std::mem::take(list)));
        }
    }

    fn end(&mut self, give: impl FnMut(Self::Row)) {
        self.lists.drain().filter(|(_, list)| !list.is_empty()).for_each(give);
    }

    fn sum(sum: u64, (key, list): &Self::Row) -> u64 {
        give_list(sum, key.number(), list)
    }
}
