//! The tokens that carry types from operator to operator while a block is compiled.
//!
//! A token has no data. `dataflow!` turns each operator of a block into a call of the method of that
//! name on the token of the stream it stands on; the method gives the token of the new stream and the
//! operator's state. So the documentation of [`Stream`] and [`KeyedStream`] is the reference of all
//! operators, and their bounds are what rustc infers closures from.

use std::fmt;
use std::marker::PhantomData;

use crate::graph::StepId;
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

    /// Says of what type this stream is.
    #[doc(hidden)]
    pub fn is_written<S>(self)
    where
        Self: Is<S>,
    {
    }

    /// What takes the items of `_other` into this stream, where it is merged of several.
    #[doc(hidden)]
    pub fn takes_from<U: Same<T>>(self, _other: Stream<U>) -> U::Joint {
        U::joint()
    }

    /// A copy of an item for one of several operators that take this stream.
    #[doc(hidden)]
    #[inline(always)]
    pub fn copy(self, item: &T) -> T
    where
        T: Shared,
    {
        item.clone()
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

    /// Says of what type this stream is.
    #[doc(hidden)]
    pub fn is_written<S>(self)
    where
        Self: Is<S>,
    {
    }

    /// What takes the items of `_other` into this stream, where it is merged of several.
    #[doc(hidden)]
    pub fn takes_from<S: SameKeyed<K, V>>(self, _other: S) -> S::Joint {
        S::joint()
    }

    /// A copy of an item for one of several operators that take this stream.
    #[doc(hidden)]
    #[inline(always)]
    pub fn copy(self, item: &(K, V)) -> (K, V)
    where
        K: Shared,
        V: Shared,
    {
        item.clone()
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

/// What a stream must be whose type is written.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this stream is a `{Self}`, and not a `{S}`",
    label = "this type is written for a `{Self}`",
    note = "write the type that it has, or leave the type out"
)]
pub trait Is<S> {}

#[diagnostic::do_not_recommend]
impl<S> Is<S> for S {}

/// What the items of a stream must be to be merged with those of another.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`merge` takes streams of the same items: the first has `{T}`, this one `{Self}`",
    label = "this stream has items of type `{Self}`",
    note = "make one type of both with `map`"
)]
pub trait Same<T> {
    /// What takes an item in.
    type Joint;

    /// Gives that.
    fn joint() -> Self::Joint;
}

#[diagnostic::do_not_recommend]
impl<T> Same<T> for T {
    type Joint = Joint<T>;

    fn joint() -> Joint<T> {
        Joint(PhantomData)
    }
}

/// What a keyed stream must be to be merged with another.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`merge` takes streams of the same keys and values: the first is a `KeyedStream<{K}, {V}>`, this one a \
               `{Self}`",
    label = "this stream is a `{Self}`",
    note = "make one type of both keys with `key_on`, and of both values with `map_value`"
)]
pub trait SameKeyed<K, V> {
    /// What takes an item in.
    type Joint;

    /// Gives that.
    fn joint() -> Self::Joint;
}

#[diagnostic::do_not_recommend]
impl<K, V> SameKeyed<K, V> for KeyedStream<K, V> {
    type Joint = Joint<(K, V)>;

    fn joint() -> Joint<(K, V)> {
        Joint(PhantomData)
    }
}

/// What takes the items of one stream into another of the same items.
#[derive(Debug)]
#[doc(hidden)]
pub struct Joint<T>(PhantomData<fn(T)>);

impl<T> Joint<T> {
    /// Takes an item in.
    #[inline(always)]
    pub fn call(&self, item: T) -> T {
        item
    }
}
