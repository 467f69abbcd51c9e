//! A sink that keeps what it gets.

use std::sync::{Arc, Mutex, PoisonError};

use super::Sink;
use crate::error::BoxError;

/// Keeps all items, for tests and small results. Clones keep them in the same place; what is kept can be
/// taken while the flow runs and after it.
///
/// ```
/// use flow_runtime::sinks::CollectingSink;
///
/// let sink = CollectingSink::new();
/// let collected = sink.collected();
/// # let _: CollectingSink<u32> = sink;
/// // … run a flow with `output(sink)` …
/// assert!(collected.take().is_empty());
/// ```
#[derive(Debug)]
pub struct CollectingSink<T> {
    collected: Collected<T>,
}

impl<T> CollectingSink<T> {
    /// A sink that has nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { collected: Collected { items: Arc::default() } }
    }

    /// Access to what the sink gets.
    #[must_use]
    pub fn collected(&self) -> Collected<T> {
        self.collected.clone()
    }
}

impl<T> Default for CollectingSink<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for CollectingSink<T> {
    fn clone(&self) -> Self {
        Self { collected: self.collected.clone() }
    }
}

impl<T> Sink<T> for CollectingSink<T> {
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        self.collected.items.lock().unwrap_or_else(PoisonError::into_inner).push(item);
        Ok(())
    }
}

/// What a [`CollectingSink`] has got.
#[derive(Debug)]
pub struct Collected<T> {
    items: Arc<Mutex<Vec<T>>>,
}

impl<T> Collected<T> {
    /// Takes what there is, in the order in which it came, and leaves nothing.
    #[must_use]
    pub fn take(&self) -> Vec<T> {
        std::mem::take(&mut self.items.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Clone for Collected<T> {
    fn clone(&self) -> Self {
        Self { items: Arc::clone(&self.items) }
    }
}
