//! What the open windows of a key hold.

use super::WindowId;
use super::rare::Rare;

/// What an open window holds.
#[derive(Debug)]
pub(super) struct Content<A, E> {
    pub(super) id: WindowId,
    pub(super) held: A,
    /// When it gives something early.
    pub(super) early: E,
}

/// What the open windows of a key hold. Most items go into the window with the greatest id: that one is at hand.
#[derive(Debug)]
pub(super) struct Contents<A, E> {
    newest: Option<Content<A, E>>,
    /// The others, in order of their ids.
    earlier: Rare<Content<A, E>>,
}

impl<A, E> Contents<A, E> {
    pub(super) fn new() -> Self {
        Self { newest: None, earlier: Rare::new() }
    }

    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.newest.is_none()
    }

    /// What the newest window holds.
    #[inline(always)]
    pub(super) fn newest(&mut self) -> Option<&mut Content<A, E>> {
        self.newest.as_mut()
    }

    /// What is held, where a single window is open.
    pub(super) fn single(&mut self) -> Option<&mut Content<A, E>> {
        self.newest.as_mut().filter(|_| self.earlier.is_empty())
    }

    /// What the window `id` holds.
    #[inline]
    pub(super) fn find(&mut self, id: WindowId) -> Option<&mut Content<A, E>> {
        match &mut self.newest {
            Some(newest) if newest.id == id => Some(newest),
            _ => {
                let earlier = self.earlier.as_mut_slice();
                let place = earlier.binary_search_by_key(&id, |content| content.id).ok()?;
                earlier.get_mut(place)
            }
        }
    }

    /// Puts in what a window holds that holds nothing.
    #[inline]
    pub(super) fn insert(&mut self, content: Content<A, E>) {
        match &self.newest {
            Some(newest) if content.id < newest.id => {
                let earlier = self.earlier.make();
                let place = earlier.partition_point(|earlier| earlier.id < content.id);
                earlier.insert(place, content);
            }
            _ => {
                if let Some(earlier) = self.newest.replace(content) {
                    self.earlier.make().push(earlier);
                }
            }
        }
    }

    /// Takes out what the window `id` holds.
    #[inline]
    pub(super) fn remove(&mut self, id: WindowId) -> Option<Content<A, E>> {
        if self.newest.as_ref().is_some_and(|newest| newest.id == id) {
            return std::mem::replace(&mut self.newest, self.earlier.pop());
        }
        let place = self.earlier.as_slice().binary_search_by_key(&id, |content| content.id).ok()?;
        Some(self.earlier.make().remove(place))
    }

    /// In order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Content<A, E>> {
        self.earlier.as_slice().iter().chain(&self.newest)
    }

    /// In order of their ids.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Content<A, E>> {
        self.earlier.as_mut_slice().iter_mut().chain(&mut self.newest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As a map by id.
        #[test]
        fn holds_what_was_put_in_by_id(steps in proptest::collection::vec((any::<bool>(), -4..8_i64), 0..60)) {
            let mut contents = Contents::new();
            let mut model = BTreeMap::new();
            for (number, (puts, id)) in steps.into_iter().enumerate() {
                let found = contents.find(id).map(|content| content.held);
                prop_assert_eq!(found, model.get(&id).copied());
                if !puts {
                    prop_assert_eq!(contents.remove(id).map(|content| content.held), model.remove(&id));
                } else if model.insert(id, number).is_none() {
                    contents.insert(Content { id, held: number, early: () });
                } else if let Some(content) = contents.find(id) {
                    content.held = number;
                }
                let held: Vec<_> = contents.iter().map(|content| (content.id, content.held)).collect();
                prop_assert_eq!(held, model.clone().into_iter().collect::<Vec<_>>());
                let newest = model.last_key_value().map(|(id, held)| (*id, *held));
                let found = contents.newest().map(|content| (content.id, content.held));
                prop_assert_eq!(found, newest);
                prop_assert_eq!(contents.is_empty(), model.is_empty());
                prop_assert_eq!(contents.single().map(|content| content.id), newest.filter(|_| model.len() == 1).map(|(id, _)| id));
            }
        }
    }
}
