//! Clocks of the streams that a join takes: each has a function of its own that finds the time of its values.

use std::fmt;

use chrono::TimeDelta;

use super::EventClock;
use super::event_clock::{FindsTime, IsTimeOf};
use crate::sides::{Side2, Side3, Side4, Side5, Side6, Side7, Side8, Side9, Side10, Side11, Side12, Sides};
use crate::time::{OutOfRange, Timestamp};

/// A function for each of several streams that finds the time of its values: a tuple of them.
pub struct OfEachSide<F>(F);

impl<F> fmt::Debug for OfEachSide<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfEachSide")
    }
}

/// The clocks of one number of sides.
macro_rules! clock {
    ($name:ident: $($variant:ident $type:ident $time:ident $find:ident $marks:ident $value:ident $place:tt),+) => {
        impl<K, $($type),+> Sides<K, ($($type,)+)> {
            /// The clock of the values of these streams. There is a function for each stream that finds a value's
            /// time; `wait` is how long a value may come behind a later one without being late.
            #[doc(hidden)]
            #[allow(clippy::too_many_arguments, reason = "a method has to infer the closure of each stream")]
            pub fn event_clock<$($time, $find, $marks),+>(
                self,
                $($value: $find,)+
                wait: TimeDelta,
            ) -> EventClock<OfEachSide<($($time::Getter,)+)>>
            where
                $($time: IsTimeOf<$type, $find, $marks>, $find: FnMut(&$type) -> $time,)+
            {
                EventClock::new(OfEachSide(($($time::getter($value),)+)), wait)
            }
        }

        impl<$($type, $find: FindsTime<$type>),+> FindsTime<$name<$($type),+>> for OfEachSide<($($find,)+)> {
            #[inline]
            fn time_of(&mut self, value: &$name<$($type),+>) -> Result<Timestamp, OutOfRange> {
                match value {
                    $($name::$variant(value) => self.0.$place.time_of(value),)+
                }
            }
        }
    };
}

clock! { Side2: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1 }
clock! { Side3: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2 }
clock! { Side4: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3 }
clock! { Side5: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4 }
clock! { Side6: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5 }
clock! { Side7: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6 }
clock! { Side8: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6, Eighth H TimeOfH FindH MarksH eighth 7 }
clock! { Side9: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6, Eighth H TimeOfH FindH MarksH eighth 7, Ninth J TimeOfJ FindJ MarksJ ninth 8 }
clock! { Side10: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6, Eighth H TimeOfH FindH MarksH eighth 7, Ninth J TimeOfJ FindJ MarksJ ninth 8, Tenth L TimeOfL FindL MarksL tenth 9 }
clock! { Side11: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6, Eighth H TimeOfH FindH MarksH eighth 7, Ninth J TimeOfJ FindJ MarksJ ninth 8, Tenth L TimeOfL FindL MarksL tenth 9, Eleventh M TimeOfM FindM MarksM eleventh 10 }
clock! { Side12: First A TimeOfA FindA MarksA first 0, Second B TimeOfB FindB MarksB second 1, Third C TimeOfC FindC MarksC third 2, Fourth D TimeOfD FindD MarksD fourth 3, Fifth E TimeOfE FindE MarksE fifth 4, Sixth F TimeOfF FindF MarksF sixth 5, Seventh G TimeOfG FindG MarksG seventh 6, Eighth H TimeOfH FindH MarksH eighth 7, Ninth J TimeOfJ FindJ MarksJ ninth 8, Tenth L TimeOfL FindL MarksL tenth 9, Eleventh M TimeOfM FindM MarksM eleventh 10, Twelfth N TimeOfN FindN MarksN twelfth 11 }
