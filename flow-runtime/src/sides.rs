//! Several keyed streams side by side, on their way into one step: what a join stands on.
//!
//! Each side has values of its own type, so the values that wait for their key's state are an enum with a variant
//! for each side: [`Side2`], [`Side3`] and so on.

mod arity;
mod modes;

use std::fmt;
use std::marker::PhantomData;

use crate::graph::StepId;
use crate::stream::KeyedStream;

pub use arity::{
    Side2, Side3, Side4, Side5, Side6, Side7, Side8, Side9, Side10, Side11, Side12, SideTypes, With,
};
pub use modes::{
    COMPLETE, Complete, FINAL, FIRST, Final, InsertMode, IsJoinable, LAST, One, PRODUCT, Product, RUNNING,
    Rows, Running,
};

/// Several keyed streams whose keys are of type `K`, and whose values are of the types in the tuple `S`.
pub struct Sides<K, S> {
    step: StepId,
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
        Self { step: StepId(0), items: PhantomData }
    }

    /// With `_other` as a further side.
    #[doc(hidden)]
    #[must_use]
    pub fn and<L: SameKey<K>, V>(self, _other: KeyedStream<L, V>) -> Sides<K, S::Sides>
    where
        S: With<V>,
    {
        Sides::new()
    }

    /// These streams on their way into a step.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, step: u32) -> Self {
        Self { step: StepId(step), ..self }
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

    /// The step that a method on this token is to make.
    pub(crate) fn step(self) -> StepId {
        self.step
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
pub trait SameKey<K> {}

#[diagnostic::do_not_recommend]
impl<K> SameKey<K> for K {}
