//! Several keyed streams side by side, on their way into one step: what a join stands on.
//!
//! Each side has values of its own type, so the values that wait for their key's state are an enum with a variant
//! for each side: [`Side2`], [`Side3`] and so on.

mod arity;
mod modes;

use std::fmt;
use std::marker::PhantomData;

use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;

pub use arity::{
    Side2, Side3, Side4, Side5, Side6, Side7, Side8, Side9, Side10, Side11, Side12, SideTypes, With,
};
pub use modes::{
    COMPLETE, Complete, FINAL, FIRST, Final, First, InsertMode, IsJoinable, LAST, Last, One, PRODUCT,
    Product, RUNNING, Rows, Running,
};

/// Several keyed streams whose keys are of type `K`, and whose values are of the types in the tuple `S`.
pub struct Sides<K, S> {
    items: PhantomData<fn() -> (K, S)>,
}

impl<K, V> KeyedStream<K, V> {
    /// This stream as the first side of several.
    #[doc(hidden)]
    #[must_use]
    pub fn sides(self) -> Sides<K, (V,)> {
        Sides::new()
    }
}

impl<K, S> Sides<K, S> {
    fn new() -> Self {
        Self { items: PhantomData }
    }

    /// With `_other` as a further side.
    #[doc(hidden)]
    #[must_use]
    pub fn and<L: SameKey<K, V>, V>(self, _other: KeyedStream<L, V>) -> Sides<K, S::Sides>
    where
        S: With<L::Value>,
    {
        Sides::new()
    }

    /// The streams as one, of values that say which side they are of.
    #[doc(hidden)]
    #[must_use]
    pub fn together(self) -> KeyedStream<K, S::Value>
    where
        S: SideTypes,
    {
        KeyedStream::new()
    }
}

impl<K, S> Clone for Sides<K, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, S> Copy for Sides<K, S> {}

impl<K, S> fmt::Debug for Sides<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sides")
    }
}

/// What the keys of a stream must be to be joined with one whose keys are of type `K`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "streams are joined by keys of one type: the first has `{K}`, this one `{Self}`",
    label = "this stream has keys of type `{Self}`",
    note = "make the same key of both with `key_on`"
)]
pub trait SameKey<K, V> {
    /// The values under these keys. Where the keys differ, rustc knows of none, and says nothing of what follows.
    type Value;
}

#[diagnostic::do_not_recommend]
impl<K, V> SameKey<K, V> for K {
    type Value = V;
}

/// What takes the items of one stream to its side of a join.
///
/// It goes by traits from the one type to the other, so that rustc does not conclude the one from the other where a
/// join has a mistake already.
#[doc(hidden)]
pub struct Entry<K, V, L, S, const SIDE: usize> {
    types: PhantomData<fn(K, V) -> (L, S)>,
}

impl<K, V, L, S, const SIDE: usize> Entry<K, V, L, S, SIDE> {
    pub(crate) fn new() -> Self {
        Self { types: PhantomData }
    }

    /// Takes an item in.
    #[inline(always)]
    pub fn call<M, N>(&self, (key, value): (K, V)) -> (L, S)
    where
        K: Becomes<L, S::Value, M>,
        S: HasSide<V, SIDE, N>,
    {
        (key.itself(), S::on_side(value))
    }
}

impl<K, V, L, S, const SIDE: usize> fmt::Debug for Entry<K, V, L, S, SIDE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&SIDE).finish()
    }
}

/// What a key of the streams that are joined is: itself. `V` are the values under it, which are not known where the keys
/// differ.
#[doc(hidden)]
pub trait Becomes<L, V, M> {
    /// The key.
    fn itself(self) -> L;
}

impl<K, V> Becomes<K, V, Known> for K {
    #[inline(always)]
    fn itself(self) -> K {
        self
    }
}

impl<K, L, V: Never> Becomes<L, V, Unknown> for K {
    fn itself(self) -> L {
        unreachable!("keys of two types are joined: a bug in `flow`")
    }
}

/// What values of type `V` can be as those of one side of a join.
#[doc(hidden)]
pub trait HasSide<V, const SIDE: usize, M> {
    /// The values of that side.
    type Value;

    /// The value with its side.
    fn on_side(value: V) -> Self;
}
