//! Lists whose memory is used again.

mod items;
mod pool;

use std::fmt;
use std::ops::{Deref, DerefMut};

use items::Items;

/// A list of items: what `collect` and `collect_window` give.
///
/// Derefs to a slice and iterates by value. A few small items, of 24 bytes together, are kept in the list itself. The
/// memory of more is kept for the next list of its thread when the list is dropped, so that a flow that is warm
/// allocates nothing for its lists; [`into_vec`](List::into_vec) takes it along.
pub struct List<T> {
    items: Items<T>,
}

impl<T> List<T> {
    /// A list without items.
    #[inline(always)]
    pub(crate) const fn new() -> Self {
        Self { items: Items::new() }
    }

    /// Adds an item at the end.
    #[inline(always)]
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Adds an item at a place.
    pub(crate) fn insert(&mut self, place: usize, item: T) {
        self.items.push(item);
        self[place..].rotate_right(1);
    }

    /// Takes the last item out.
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }

    /// Adds an item at the end. Where there are `most` then, moves all of them to the end of `to`, with what is to stand
    /// beside them, and leaves none. There is no branch on that. Says whether there were none.
    #[inline(always)]
    pub(crate) fn push_up_to<P: Copy>(
        &mut self,
        most: usize,
        item: T,
        beside: P,
        to: &mut Vec<(P, Self)>,
    ) -> bool {
        self.items.push_up_to(most, item, beside, to)
    }

    /// The items as a plain `Vec`, with their memory where they have some.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items.into_vec()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        self.items.as_slice()
    }
}

impl<T> DerefMut for List<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        self.items.as_mut_slice()
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[inline]
    fn into_iter(mut self) -> IntoIter<T> {
        self.reverse();
        IntoIter { reversed: self }
    }
}

/// Gives a list's items in order, and keeps its memory for the next one at the end.
#[derive(Debug)]
pub struct IntoIter<T> {
    reversed: List<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.reversed.pop()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.reversed.len(), Some(self.reversed.len()))
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.iter()
    }
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        let mut list = Self::new();
        self.iter().for_each(|item| list.push(item.clone()));
        list
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items: Items::from_vec(items) }
    }
}

impl<T> From<List<T>> for Vec<T> {
    fn from(list: List<T>) -> Self {
        list.into_vec()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self[..].fmt(f)
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: PartialEq> PartialEq<Vec<T>> for List<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self[..] == other[..]
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for List<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        self[..] == other[..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[u16]) -> List<u16> {
        let mut list = List::new();
        for item in items {
            list.push(*item);
        }
        list
    }

    #[test]
    fn memory_is_used_again() {
        let first = list(&[1; 13]);
        let place = first.as_ptr();
        drop(first);
        let second = list(&[2; 13]);
        assert_eq!(second.as_ptr(), place);
        assert_eq!(second.into_iter().collect::<Vec<_>>(), [2; 13]);
        assert_eq!(list(&[3; 13]).as_ptr(), place);
    }

    #[test]
    fn iterating_by_value_goes_in_order_from_wherever_it_is() {
        let mut items = list(&[1, 2, 3]).into_iter();
        assert_eq!((items.next(), items.len()), (Some(1), 2));
        assert_eq!(items.collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_detached_list_keeps_its_memory() {
        let list = list(&[7; 13]);
        let place = list.as_ptr();
        let vec = list.into_vec();
        assert_eq!((vec.as_ptr(), vec.as_slice()), (place, [7; 13].as_slice()));
    }
}
