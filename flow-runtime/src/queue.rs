//! Where items wait between two stages of a flow that goes item by item.

use std::collections::VecDeque;

/// First in, first out.
#[derive(Debug)]
pub struct Fifo<T> {
    items: VecDeque<T>,
}

impl<T> Fifo<T> {
    pub(crate) fn new() -> Self {
        Self { items: VecDeque::new() }
    }

    /// Adds an item at the end.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items.push_back(item);
    }

    /// Takes the item that has waited longest.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.items.pop_front()
    }

    /// Moves all of `batch` to the end.
    pub fn append(&mut self, batch: &mut Vec<T>) {
        self.items.extend(batch.drain(..));
    }
}
