//! The sides of a join by their number, from two to twelve: what a value of any of them is, and the rows.

use std::mem;

use super::HasSide;
use super::modes::{Complete, Final, InsertMode, One, Product, Rows, Running};
use crate::known::{Known, Never, Unknown};

/// The types of the values of several streams side by side: a tuple.
pub trait SideTypes {
    /// A value of any of the sides.
    type Value;
    /// What is kept of all sides.
    type Kept<I: InsertMode>: Default;

    /// A value comes.
    fn insert<I: InsertMode>(kept: &mut Self::Kept<I>, value: Self::Value);

    /// Takes what a later window has kept.
    fn merge<I: InsertMode>(kept: &mut Self::Kept<I>, later: &mut Self::Kept<I>);

    /// Forgets all values, and keeps their memory.
    fn clear<I: InsertMode>(kept: &mut Self::Kept<I>);

    /// How many bytes of memory there are for values, besides what is kept itself.
    fn room<I: InsertMode>(kept: &Self::Kept<I>) -> usize;

    /// Whether nothing is kept of any side.
    fn is_empty<I: InsertMode>(kept: &Self::Kept<I>) -> bool;
}

/// These types, and one more.
pub trait With<V> {
    /// The longer tuple.
    type Sides;
}

impl<A, B> With<B> for (A,) {
    type Sides = (A, B);
}

/// What a side has: its values, or one `None` where it has no value.
fn values_or_none<V: Clone>(values: &[V]) -> impl Iterator<Item = Option<V>> + Clone {
    let none = values.is_empty().then_some(None);
    values.iter().cloned().map(Some).chain(none)
}

/// `$row` for each way to take one of each side: the first side turns slowest.
macro_rules! each_row {
    (($($value:ident)+) => $row:expr;) => { $row };
    (($($value:ident)+) => $row:expr; $name:ident in $values:expr, $($rest:tt)*) => {
        for $name in $values {
            each_row!(($($value)+) => $row; $($rest)*);
        }
    };
}

/// The sides of one number: `sides! { Side2: First A a 0, Second B b 1 }`.
macro_rules! sides {
    (@has_side $name:ident $types:tt $($variant:ident $type:ident $place:tt),+) => {
        $(sides!(@one_side $name $types $variant $type $place);)+
    };
    (@one_side $name:ident ($($type:ident)+) $variant:ident $of:ident $place:tt) => {
        impl<$($type),+> HasSide<$of, $place, Known> for $name<$($type),+> {
            type Value = $of;

            #[inline(always)]
            fn on_side(value: $of) -> Self {
                Self::$variant(value)
            }
        }

        impl<V, $($type),+> HasSide<V, $place, Unknown> for $name<$($type),+>
        where
            $of: Never,
        {
            type Value = $of;

            fn on_side(_: V) -> Self {
                Self::$variant(Never::never())
            }
        }
    };
    ($doc:literal $name:ident: $($variant:ident $type:ident $value:ident $place:tt),+) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name<$($type),+> {
            $(
                #[doc = concat!("A value of the ", stringify!($value), " stream.")]
                $variant($type),
            )+
        }

        sides!(@has_side $name ($($type)+) $($variant $type $place),+);

        impl<$($type),+> SideTypes for ($($type,)+) {
            type Value = $name<$($type),+>;
            type Kept<I: InsertMode> = ($(I::Kept<$type>,)+);

            #[inline]
            fn insert<I: InsertMode>(kept: &mut Self::Kept<I>, value: Self::Value) {
                match value {
                    $($name::$variant(value) => I::insert(&mut kept.$place, value),)+
                }
            }

            fn merge<I: InsertMode>(kept: &mut Self::Kept<I>, later: &mut Self::Kept<I>) {
                $(I::merge(&mut kept.$place, &mut later.$place);)+
            }

            #[inline]
            fn clear<I: InsertMode>(kept: &mut Self::Kept<I>) {
                $(I::clear(&mut kept.$place);)+
            }

            #[inline]
            fn room<I: InsertMode>(kept: &Self::Kept<I>) -> usize {
                0 $(+ I::room(&kept.$place))+
            }

            #[inline]
            fn is_empty<I: InsertMode>(kept: &Self::Kept<I>) -> bool {
                $(I::values(&kept.$place).is_empty())&&+
            }
        }

        impl<const LAST: bool, $($type),+> Rows<One<LAST>, Complete> for ($($type,)+) {
            type Row = ($($type,)+);

            #[inline]
            fn on_value(kept: &mut Self::Kept<One<LAST>>, out: &mut impl FnMut(Self::Row)) {
                if $(kept.$place.is_some())&&+
                    && let ($(Some($value),)+) = mem::take(kept)
                {
                    out(($($value,)+));
                }
            }
        }

        impl<$($type: Clone),+> Rows<Product, Complete> for ($($type,)+) {
            type Row = ($($type,)+);

            fn on_value(kept: &mut Self::Kept<Product>, out: &mut impl FnMut(Self::Row)) {
                if $(!kept.$place.is_empty())&&+ {
                    each_row!(($($value)+) => out(($($value.clone(),)+)); $($value in &kept.$place,)+);
                    $(kept.$place.clear();)+
                }
            }
        }

        impl<const LAST: bool, $($type),+> Rows<One<LAST>, Final> for ($($type,)+) {
            type Row = ($(Option<$type>,)+);

            fn on_end(kept: &mut Self::Kept<One<LAST>>, out: &mut impl FnMut(Self::Row)) {
                out(mem::take(kept));
            }
        }

        impl<$($type: Clone),+> Rows<Product, Final> for ($($type,)+) {
            type Row = ($(Option<$type>,)+);

            fn on_end(kept: &mut Self::Kept<Product>, out: &mut impl FnMut(Self::Row)) {
                each_row!(($($value)+) => out(($($value.clone(),)+)); $($value in values_or_none(&kept.$place),)+);
                $(kept.$place.clear();)+
            }
        }

        impl<I: InsertMode, $($type: Clone),+> Rows<I, Running> for ($($type,)+) {
            type Row = ($(Option<$type>,)+);

            fn on_value(kept: &mut Self::Kept<I>, out: &mut impl FnMut(Self::Row)) {
                each_row!(
                    ($($value)+) => out(($($value.clone(),)+));
                    $($value in values_or_none(I::values(&kept.$place)),)+
                );
            }
        }
    };
}

/// One more side: `longer! { A B + C }`.
macro_rules! longer {
    ($($type:ident)+ + $more:ident) => {
        impl<$($type,)+ $more> With<$more> for ($($type,)+) {
            type Sides = ($($type,)+ $more,);
        }
    };
}

longer! { A B + C }
longer! { A B C + D }
longer! { A B C D + E }
longer! { A B C D E + F }
longer! { A B C D E F + G }
longer! { A B C D E F G + H }
longer! { A B C D E F G H + J }
longer! { A B C D E F G H J + L }
longer! { A B C D E F G H J L + M }
longer! { A B C D E F G H J L M + N }

sides! {
    "A value of one of two streams."
    Side2: First A first 0, Second B second 1
}
sides! {
    "A value of one of three streams."
    Side3: First A first 0, Second B second 1, Third C third 2
}
sides! {
    "A value of one of four streams."
    Side4: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3
}
sides! {
    "A value of one of five streams."
    Side5: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4
}
sides! {
    "A value of one of six streams."
    Side6: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5
}
sides! {
    "A value of one of seven streams."
    Side7: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6
}
sides! {
    "A value of one of eight streams."
    Side8: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6, Eighth H eighth 7
}
sides! {
    "A value of one of nine streams."
    Side9: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6, Eighth H eighth 7, Ninth J ninth 8
}
sides! {
    "A value of one of ten streams."
    Side10: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6, Eighth H eighth 7, Ninth J ninth 8, Tenth L tenth 9
}
sides! {
    "A value of one of eleven streams."
    Side11: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6, Eighth H eighth 7, Ninth J ninth 8, Tenth L tenth 9, Eleventh M eleventh 10
}
sides! {
    "A value of one of twelve streams."
    Side12: First A first 0, Second B second 1, Third C third 2, Fourth D fourth 3, Fifth E fifth 4, Sixth F sixth 5, Seventh G seventh 6, Eighth H eighth 7, Ninth J ninth 8, Tenth L tenth 9, Eleventh M eleventh 10, Twelfth N twelfth 11
}
