//! Which values of a side a join keeps, and when it gives its rows.

use super::SideTypes;
use crate::known::{Known, Never, Unknown};

/// Which of a side's values are kept.
pub trait InsertMode {
    /// What is kept of a side.
    type Kept<V>: Default;

    /// A value comes.
    fn insert<V>(kept: &mut Self::Kept<V>, value: V);

    /// Takes what a later window has kept.
    fn merge<V>(kept: &mut Self::Kept<V>, later: &mut Self::Kept<V>);

    /// Forgets all values, and keeps their memory.
    fn clear<V>(kept: &mut Self::Kept<V>);

    /// How many bytes of memory there are for values, besides what is kept itself.
    fn room<V>(kept: &Self::Kept<V>) -> usize;

    /// What there is.
    fn values<V>(kept: &Self::Kept<V>) -> &[V];
}

/// One value a side: the first that came, or the last.
#[derive(Clone, Copy, Debug)]
pub struct One<const LAST: bool>;

/// All values of a side.
#[derive(Clone, Copy, Debug)]
pub struct Product;

/// The first value of a side.
pub type First = One<false>;

/// The last value of a side.
pub type Last = One<true>;

/// `insert_mode = first`: a side keeps its first value.
pub const FIRST: First = One;
/// `insert_mode = last`: a side keeps its last value.
pub const LAST: Last = One;
/// `insert_mode = product`: a side keeps all of its values.
pub const PRODUCT: Product = Product;

impl<const LAST: bool> InsertMode for One<LAST> {
    type Kept<V> = Option<V>;

    #[inline]
    fn insert<V>(kept: &mut Option<V>, value: V) {
        if LAST || kept.is_none() {
            *kept = Some(value);
        }
    }

    fn merge<V>(kept: &mut Option<V>, later: &mut Option<V>) {
        let (earlier, later) = (kept.take(), later.take());
        *kept = if LAST { later.or(earlier) } else { earlier.or(later) };
    }

    #[inline]
    fn clear<V>(kept: &mut Option<V>) {
        *kept = None;
    }

    #[inline(always)]
    fn room<V>(_: &Option<V>) -> usize {
        0
    }

    #[inline]
    fn values<V>(kept: &Option<V>) -> &[V] {
        kept.as_slice()
    }
}

impl InsertMode for Product {
    type Kept<V> = Vec<V>;

    #[inline]
    fn insert<V>(kept: &mut Vec<V>, value: V) {
        kept.push(value);
    }

    fn merge<V>(kept: &mut Vec<V>, later: &mut Vec<V>) {
        kept.append(later);
    }

    fn clear<V>(kept: &mut Vec<V>) {
        kept.clear();
    }

    fn room<V>(kept: &Vec<V>) -> usize {
        kept.capacity() * size_of::<V>()
    }

    #[inline]
    fn values<V>(kept: &Vec<V>) -> &[V] {
        kept
    }
}

/// Rows are given when each side has a value, which then are forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Complete;

/// Rows are given at the end.
#[derive(Clone, Copy, Debug)]
pub struct Final;

/// Rows are given behind each value.
#[derive(Clone, Copy, Debug)]
pub struct Running;

/// `emit_mode = complete`: rows are given when each side has a value, which then are forgotten.
pub const COMPLETE: Complete = Complete;
/// `emit_mode = final`: rows are given at the end.
pub const FINAL: Final = Final;
/// `emit_mode = running`: rows are given behind each value.
pub const RUNNING: Running = Running;

/// The rows that sides of these types give under an insert mode and an emit mode: a state machine over what is
/// kept of each side.
pub trait Rows<I: InsertMode, E>: SideTypes {
    /// A row: plain values where each side has one, `Option`s where a side may have none.
    type Row;

    /// Something has come: gives the rows that there are now, and forgets what is not needed any more.
    fn on_value(_kept: &mut Self::Kept<I>, _out: &mut impl FnMut(Self::Row)) {}

    /// The end has come: gives the rows that there are, and forgets all.
    fn on_end(kept: &mut Self::Kept<I>, _out: &mut impl FnMut(Self::Row)) {
        Self::clear::<I>(kept);
    }
}

/// Sides that can be joined under an insert mode and an emit mode. Where they cannot, rustc knows of no `Row`, and
/// says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "these modes give a value in several rows, which needs values that are `Clone`, and of `{Self}` not all are",
    label = "each row gets a clone of its values",
    note = "derive `Clone` for the values, or leave out the modes: `last` and `complete` give each value once"
)]
pub trait IsJoinable<I: InsertMode, E, M> {
    /// A value of any side.
    type Value;
    /// A row.
    type Row;
    /// The sides.
    type Itself: Rows<I, E, Value = Self::Value, Row = Self::Row>;
}

#[diagnostic::do_not_recommend]
impl<I: InsertMode, E, S: Rows<I, E>> IsJoinable<I, E, Known> for S {
    type Value = S::Value;
    type Row = S::Row;
    type Itself = S;
}

#[diagnostic::do_not_recommend]
impl<I: InsertMode, E, S: Never + Rows<I, E>> IsJoinable<I, E, Unknown> for S {
    type Value = S::Value;
    type Row = S::Row;
    type Itself = S;
}
