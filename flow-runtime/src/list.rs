//! Lists whose memory is used again.

mod pool;

use std::fmt;
use std::mem;
use std::ops::{Deref, DerefMut};

/// A list of items: what `collect` and `collect_window` give.
///
/// Derefs to a slice and iterates by value. When it is dropped its memory is kept for the next list of
/// its thread, so that a flow that is warm allocates nothing for its lists;
/// [`into_vec`](List::into_vec) takes it along.
pub struct List<T> {
    items: Vec<T>,
}

impl<T> List<T> {
    /// Adds an item at the end.
    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Adds an item at a place.
    pub(crate) fn insert(&mut self, place: usize, item: T) {
        self.items.insert(place, item);
    }

    /// Takes the last item out.
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }

    /// The items as a plain `Vec`, with their memory.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<T> {
        mem::take(&mut self.items)
    }
}

impl<T> Drop for List<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.items.capacity() > 0 {
            pool::give(mem::take(&mut self.items));
        }
    }
}

/// Makes an operator's lists. Fetches memory for many at once.
#[derive(Debug)]
pub(crate) struct Lists<T> {
    at_hand: Vec<Vec<T>>,
}

impl<T> Lists<T> {
    pub(crate) fn new() -> Self {
        Self { at_hand: Vec::new() }
    }

    /// An empty list, with memory from an earlier one where there is some.
    #[inline]
    pub(crate) fn take(&mut self) -> List<T> {
        match self.at_hand.pop() {
            Some(items) => List { items },
            None => self.fetch(),
        }
    }

    #[cold]
    fn fetch(&mut self) -> List<T> {
        pool::fetch(&mut self.at_hand);
        List { items: self.at_hand.pop().unwrap_or_default() }
    }
}

impl<T> Drop for Lists<T> {
    fn drop(&mut self) {
        self.at_hand.drain(..).for_each(pool::give);
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for List<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[inline]
    fn into_iter(mut self) -> IntoIter<T> {
        self.items.reverse();
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
        self.reversed.items.pop()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.reversed.items.len(), Some(self.reversed.items.len()))
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.items.iter()
    }
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone() }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items }
    }
}

impl<T> From<List<T>> for Vec<T> {
    fn from(list: List<T>) -> Self {
        list.into_vec()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: PartialEq> PartialEq<Vec<T>> for List<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self.items == *other
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for List<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        self.items == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[u16]) -> List<u16> {
        let mut list = Lists::new().take();
        for item in items {
            list.push(*item);
        }
        list
    }

    #[test]
    fn memory_is_used_again() {
        let first = list(&[1]);
        let place = first.as_ptr();
        drop(first);
        let second = list(&[2]);
        assert_eq!(second.as_ptr(), place);
        assert_eq!(second.into_iter().collect::<Vec<_>>(), [2]);
        assert_eq!(list(&[3]).as_ptr(), place);
    }

    #[test]
    fn iterating_by_value_goes_in_order_from_wherever_it_is() {
        let mut items = list(&[1, 2, 3]).into_iter();
        assert_eq!((items.next(), items.len()), (Some(1), 2));
        assert_eq!(items.collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_detached_list_keeps_its_memory() {
        let list = list(&[7]);
        let place = list.as_ptr();
        let vec = list.into_vec();
        assert_eq!((vec.as_ptr(), vec.as_slice()), (place, [7].as_slice()));
    }
}
