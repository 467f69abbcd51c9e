//! The tokens that carry types from operator to operator while a block is compiled.
//!
//! A token has no data. `dataflow!` turns each operator of a block into a call of the method of that
//! name on the token of the stream it stands on; the method gives the token of the new stream and the
//! operator's state. So the documentation of [`Stream`] and [`KeyedStream`] is the reference of all
//! operators, and their bounds are what rustc infers closures from.

use std::fmt;
use std::marker::PhantomData;

use crate::graph::StepId;
use crate::keyed::Inbox;
use crate::queue::Fifo;

/// A stream of items of type `T`.
pub struct Stream<T> {
    step: StepId,
    items: PhantomData<fn() -> T>,
}

/// A stream of items of type `(K, V)`, of which `K` is the key.
pub struct KeyedStream<K, V> {
    step: StepId,
    items: PhantomData<fn() -> (K, V)>,
}

impl<T> Stream<T> {
    pub(crate) fn new() -> Self {
        Self { step: StepId(0), items: PhantomData }
    }

    /// This stream on its way into a step.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, step: u32) -> Self {
        Self { step: StepId(step), ..self }
    }

    /// The step that a method on this token is to make.
    pub(crate) fn step(self) -> StepId {
        self.step
    }

    /// A closure of this stream's items: where one is a sink, this is what its parameter is inferred from.
    #[doc(hidden)]
    pub fn closure<F: FnMut(T)>(self, closure: F) -> F {
        closure
    }

    /// Somewhere to keep items of this stream until a later stage takes the batch.
    #[doc(hidden)]
    #[must_use]
    pub fn queue(self) -> Vec<T> {
        Vec::new()
    }

    /// Somewhere to keep items of this stream until a later stage takes them one by one.
    #[doc(hidden)]
    #[must_use]
    pub fn fifo(self) -> Fifo<T> {
        Fifo::new()
    }
}

impl<K, V> KeyedStream<K, V> {
    pub(crate) fn new() -> Self {
        Self { step: StepId(0), items: PhantomData }
    }

    /// This stream on its way into a step.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, step: u32) -> Self {
        Self { step: StepId(step), ..self }
    }

    /// The step that a method on this token is to make.
    pub(crate) fn step(self) -> StepId {
        self.step
    }

    /// The same stream as one of pairs.
    pub(crate) fn pairs(self) -> Stream<(K, V)> {
        Stream { step: self.step, items: PhantomData }
    }

    /// A closure of this stream's items: where one is a sink, this is what its parameter is inferred from.
    #[doc(hidden)]
    pub fn closure<F: FnMut((K, V))>(self, closure: F) -> F {
        closure
    }

    /// Somewhere to keep items of this stream until a later stage takes the batch.
    #[doc(hidden)]
    #[must_use]
    pub fn queue(self) -> Vec<(K, V)> {
        Vec::new()
    }

    /// Somewhere to keep items of this stream until a later stage takes them one by one.
    #[doc(hidden)]
    #[must_use]
    pub fn fifo(self) -> Fifo<(K, V)> {
        Fifo::new()
    }

    /// Somewhere to keep items of this stream until a keyed step takes them.
    #[doc(hidden)]
    #[must_use]
    pub fn inbox(self) -> Inbox<K, V> {
        Inbox::new()
    }
}

impl<T> Clone for Stream<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Stream<T> {}

impl<K, V> Clone for KeyedStream<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for KeyedStream<K, V> {}

impl<T> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

impl<K, V> fmt::Debug for KeyedStream<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyedStream")
    }
}

/// What the items of a stream must be when several operators take it: each gets its own copy.
#[diagnostic::on_unimplemented(
    message = "a stream that is used more than once needs items that are `Clone`, and `{Self}` is not",
    label = "this stream has been used before",
    note = "derive `Clone` for the item, or use the stream once"
)]
pub trait Shared: Clone {}

#[diagnostic::do_not_recommend]
impl<T: Clone> Shared for T {}

/// What a key must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key: a key must be `Eq + Hash + Clone`",
    label = "this gives the key",
    note = "derive `PartialEq, Eq, Hash, Clone` for it, or take a part of the item that has them"
)]
pub trait Key: Eq + std::hash::Hash + Clone {}

#[diagnostic::do_not_recommend]
impl<K: Eq + std::hash::Hash + Clone> Key for K {}

/// A copy of an item for one of several operators that take its stream.
#[doc(hidden)]
#[inline(always)]
pub fn copy<T: Shared>(item: &T) -> T {
    item.clone()
}
