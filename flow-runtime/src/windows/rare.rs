//! A list that most keys have nothing in.

/// A list that most keys have nothing in: one word, without memory of its own until something is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rare<T> {
    #[expect(clippy::box_collection, reason = "a list takes three words, and most keys need none of them")]
    items: Option<Box<Vec<T>>>,
}

impl<T> Rare<T> {
    pub(super) const fn new() -> Self {
        Self { items: None }
    }

    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[T] {
        self.items.as_ref().map_or(&[], |items| items)
    }

    #[inline]
    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        self.items.as_mut().map_or(&mut [], |items| items)
    }

    /// The list, which then has memory of its own.
    pub(super) fn make(&mut self) -> &mut Vec<T> {
        self.items.get_or_insert_default()
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<T> {
        self.items.as_mut()?.pop()
    }

    #[inline]
    pub(super) fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        self.items.as_mut()?.pop_if(predicate)
    }
}
