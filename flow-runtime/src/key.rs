//! What a key must be.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::known::{Known, Never, Unknown};

/// What a key must be.
pub trait Key: Eq + Hash + Clone {}

#[diagnostic::do_not_recommend]
impl<K: Eq + Hash + Clone> Key for K {}

/// A part of a key's hash, which says where to look for the key and tells most others from it: its upper half.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tag {
    Half(u32),
    /// Where it was in the hash, and zeros: to move it out of a product, as a hash may be, would make a shift of double
    /// words.
    InPlace(u64),
}

impl Tag {
    #[inline(always)]
    pub(crate) const fn in_place(hash: u64) -> Self {
        Self::InPlace(hash & (u64::MAX << 32))
    }

    /// The half.
    #[inline(always)]
    pub(crate) fn half(self) -> u32 {
        match self {
            Self::Half(half) => half,
            Self::InPlace(bits) => upper_half(bits),
        }
    }
}

#[inline(always)]
fn upper_half(bits: u64) -> u32 {
    u32::try_from(bits >> 32).unwrap_or(0)
}

/// Gives keys their tags. All of a program give the same, so that an inbox can do it for a table.
#[derive(Clone, Debug)]
pub(crate) struct Tagger(FixedState);

impl Tagger {
    /// With a multiplier that is known to spread what is usual, such as numbers at equal distances; and different in
    /// each run, so that nothing comes to depend on it.
    pub(crate) fn new() -> Self {
        static SEED: OnceLock<u64> = OnceLock::new();
        Self(FixedState::with_seed(*SEED.get_or_init(|| RandomState::new().hash_one(()))))
    }

    /// The tag of a key.
    #[inline(always)]
    pub(crate) fn tag<K: Hash>(&self, key: &K) -> Tag {
        /// An odd number without a pattern.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let hash = self.0.hash_one(key);
        if size_of::<K>() > size_of::<u64>() {
            // Of pairs of small numbers some seeds leave the upper halves close together.
            return Tag::Half(upper_half(hash.wrapping_mul(SPREAD)));
        }
        Tag::in_place(hash)
    }
}

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
