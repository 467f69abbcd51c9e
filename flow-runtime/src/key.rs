//! What a key must be.

use std::hash::Hash;

use crate::known::{Known, Never, Unknown};

/// What a key must be.
pub trait Key: Eq + Hash + Clone {}

#[diagnostic::do_not_recommend]
impl<K: Eq + Hash + Clone> Key for K {}

/// What `key_on` takes: a [`Key`]. Where it is none, rustc knows of no `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key: a key must be `Eq + Hash + Clone`",
    label = "this gives the key",
    note = "derive `PartialEq, Eq, Hash, Clone` for it, or take a part of the item that has them"
)]
pub trait IsKey<F, M> {
    /// The key.
    type Itself: Key;
    /// What finds it.
    type Getter;

    /// Gives what finds it.
    fn getter(key: F) -> Self::Getter;
}

#[diagnostic::do_not_recommend]
impl<K: Key, F> IsKey<F, Known> for K {
    type Itself = K;
    type Getter = F;

    fn getter(key: F) -> F {
        key
    }
}

#[diagnostic::do_not_recommend]
impl<K: Never + Key, F> IsKey<F, Unknown> for K {
    type Itself = K;
    type Getter = F;

    fn getter(key: F) -> F {
        key
    }
}
