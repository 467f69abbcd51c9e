//! Clocks of the streams that a join takes: each has a closure of its own that finds the time of its values.

use chrono::TimeDelta;

use super::EventClock;
use super::event_clock::IsTimeOf;
use crate::sides::{Side2, Side3, Side4, Side5, Side6, Side7, Side8, Side9, Side10, Side11, Side12, Sides};
use crate::time::{OutOfRange, Timestamp};

/// `clock! { Side2: First A TimeOfA FindA KnownA a, … }`, for each number of sides.
macro_rules! clock {
    ($name:ident: $($variant:ident $type:ident $time:ident $getter:ident $marker:ident $value:ident),+) => {
        impl<K, $($type),+> Sides<K, ($($type,)+)> {
            /// The clock of the values of these streams, with a function for each stream that finds a value's time;
            /// `wait` is how long a value may come behind a later one without being late.
            #[doc(hidden)]
            #[allow(clippy::too_many_arguments, reason = "each stream has a closure, which a method has to infer")]
            pub fn event_clock<$($time, $getter, $marker),+>(
                self,
                $($value: $getter,)+
                wait: TimeDelta,
            ) -> EventClock<impl FnMut(&$name<$($type),+>) -> Result<Timestamp, OutOfRange>>
            where
                $($getter: FnMut(&$type) -> $time, $time: IsTimeOf<$type, $getter, $marker>,)+
            {
                $(let mut $value = $time::getter($value);)+
                let time_of = move |value: &$name<$($type),+>| match value {
                    $($name::$variant(value) => $value(value).instant_of_event(),)+
                };
                EventClock::new(time_of, wait)
            }
        }
    };
}

clock! { Side2: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second }
clock! { Side3: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third }
clock! { Side4: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth }
clock! { Side5: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth }
clock! { Side6: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth }
clock! { Side7: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh }
clock! { Side8: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh, Eighth H TimeOfH FindH MarksH eighth }
clock! { Side9: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh, Eighth H TimeOfH FindH MarksH eighth, Ninth J TimeOfJ FindJ MarksJ ninth }
clock! { Side10: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh, Eighth H TimeOfH FindH MarksH eighth, Ninth J TimeOfJ FindJ MarksJ ninth, Tenth L TimeOfL FindL MarksL tenth }
clock! { Side11: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh, Eighth H TimeOfH FindH MarksH eighth, Ninth J TimeOfJ FindJ MarksJ ninth, Tenth L TimeOfL FindL MarksL tenth, Eleventh M TimeOfM FindM MarksM eleventh }
clock! { Side12: First A TimeOfA FindA MarksA first, Second B TimeOfB FindB MarksB second, Third C TimeOfC FindC MarksC third, Fourth D TimeOfD FindD MarksD fourth, Fifth E TimeOfE FindE MarksE fifth, Sixth F TimeOfF FindF MarksF sixth, Seventh G TimeOfG FindG MarksG seventh, Eighth H TimeOfH FindH MarksH eighth, Ninth J TimeOfJ FindJ MarksJ ninth, Tenth L TimeOfL FindL MarksL tenth, Eleventh M TimeOfM FindM MarksM eleventh, Twelfth N TimeOfN FindN MarksN twelfth }
