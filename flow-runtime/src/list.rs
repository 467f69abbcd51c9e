//! Lists whose memory goes back to the operator that made them.

use std::fmt;
use std::mem;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// A list of items: what `collect` and `collect_window` give.
///
/// Derefs to a slice and iterates by value. When it is dropped its memory goes back to the operator, so
/// that a flow that is warm allocates nothing for its lists; [`into_vec`](List::into_vec) keeps it.
pub struct List<T> {
    items: Vec<T>,
    home: Option<Arc<Shelf<T>>>,
}

/// The memory of lists that are not in use.
struct Shelf<T> {
    returned: Mutex<Returned<T>>,
}

struct Returned<T> {
    lists: Vec<List<T>>,
    closed: bool,
}

/// Makes an operator's lists, and takes their memory back.
pub(crate) struct Lists<T> {
    shelf: Arc<Shelf<T>>,
    at_hand: Vec<List<T>>,
}

impl<T> Lists<T> {
    pub(crate) fn new() -> Self {
        let returned = Mutex::new(Returned { lists: Vec::new(), closed: false });
        Self { shelf: Arc::new(Shelf { returned }), at_hand: Vec::new() }
    }

    /// An empty list, with memory from an earlier one where there is some.
    #[inline]
    pub(crate) fn take(&mut self) -> List<T> {
        match self.at_hand.pop() {
            Some(list) => list,
            None => self.fetch(),
        }
    }

    #[cold]
    fn fetch(&mut self) -> List<T> {
        mem::swap(&mut self.at_hand, &mut self.shelf.lock().lists);
        self.at_hand.pop().unwrap_or_else(|| List { items: Vec::new(), home: Some(Arc::clone(&self.shelf)) })
    }
}

impl<T> Shelf<T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, Returned<T>> {
        self.returned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Lists<T> {
    /// The lists on the shelf hold the shelf: here the circle is cut.
    fn drop(&mut self) {
        let lists = {
            let mut returned = self.shelf.lock();
            returned.closed = true;
            mem::take(&mut returned.lists)
        };
        lists.into_iter().chain(self.at_hand.drain(..)).for_each(List::free);
    }
}

impl<T> List<T> {
    /// Adds an item at the end.
    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// The items as a plain `Vec`, with their memory.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<T> {
        mem::take(&mut self.items)
    }

    /// The list, with nothing left here: not even a home.
    #[inline]
    pub(crate) fn leave(&mut self) -> Self {
        mem::replace(self, Self { items: Vec::new(), home: None })
    }

    /// Gives up the memory.
    fn free(mut self) {
        self.home = None;
    }
}

impl<T> Drop for List<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(home) = self.home.take() else { return };
        if self.items.capacity() == 0 {
            return;
        }
        let mut items = mem::take(&mut self.items);
        items.clear();
        let mut returned = home.lock();
        if !returned.closed {
            let list = List { items, home: Some(Arc::clone(&home)) };
            returned.lists.push(list);
        }
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

/// Gives a list's items in order, and its memory back to the operator at the end.
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
        Self { items: self.items.clone(), home: self.home.clone() }
    }
}

/// A list that belongs to no operator.
impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, home: None }
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

impl<T> fmt::Debug for Lists<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lists")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_comes_back_and_is_used_again() {
        let mut lists = Lists::new();
        let mut list = lists.take();
        list.push(1);
        let place = list.as_ptr();
        drop(list);
        let mut again = lists.take();
        assert!(again.is_empty());
        again.push(2);
        assert_eq!(again.as_ptr(), place);
    }

    #[test]
    fn a_list_may_outlive_its_operator_and_the_shelf_is_freed() {
        let mut lists = Lists::new();
        let shelf = Arc::downgrade(&lists.shelf);
        let (mut out, mut back) = (lists.take(), lists.take());
        out.push(1);
        back.push(2);
        drop(back);
        drop(lists);
        assert_eq!(out, [1]);
        drop(out);
        assert_eq!(shelf.strong_count(), 0);
    }

    #[test]
    fn iterating_by_value_gives_the_memory_back() {
        let mut lists = Lists::new();
        let mut list = lists.take();
        list.push(1);
        list.push(2);
        let place = list.as_ptr();
        assert_eq!(list.into_iter().collect::<Vec<_>>(), [1, 2]);
        let mut again = lists.take();
        again.push(3);
        assert_eq!(again.as_ptr(), place);
    }

    #[test]
    fn a_detached_list_keeps_its_memory() {
        let mut lists = Lists::new();
        let mut list = lists.take();
        list.push(7);
        let place = list.as_ptr();
        let vec = list.into_vec();
        assert_eq!((vec.as_ptr(), vec.as_slice()), (place, [7].as_slice()));
    }
}
