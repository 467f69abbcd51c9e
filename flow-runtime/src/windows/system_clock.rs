//! `SystemClock()`: time as the system tells it.

use super::{Clock, Reading};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// Time as the system tells it: an item's time is that at which it comes, and the watermark is the same for
/// all keys. No item is late, and a window closes when its time is over on the system clock.
///
/// ```text
/// SystemClock()
/// ```
///
/// What a flow gives then depends on when its items come, unless the run is given another time:
///
/// ```
/// # use flow::prelude::*;
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use flow::time::SimulatedTime;
///
/// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
/// let at = |second| start + TimeDelta::seconds(second);
/// let time = SimulatedTime::starting_at(start);
/// let clock = time.clone();
/// # let sink = CollectingSink::new();
/// # let items = sink.collected();
/// let flow = dataflow! {
///     let letters = input(TimedSource::new([(at(1), 'a'), (at(9), 'b'), (at(42), 'c')]));
///     let keyed = letters.key_on(|_| "ALL");
///     let counts = keyed.count_window(
///         clock = SystemClock(),
///         windower = TumblingWindower(length = 10s, align_to = start),
///     );
///     counts.down.map_value(|(window, count)| (clock.time(), window, count)).output(sink);
/// };
/// flow.run_in(time)?;
/// assert_eq!(items.take(), [("ALL", (at(10), 0, 2)), ("ALL", (at(42), 4, 1))]);
/// # Ok::<(), flow::Error>(())
/// ```
///
/// Cost: none; it keeps nothing. Bytewax: `SystemClock`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl<K, V> KeyedStream<K, V> {
    /// A [`SystemClock`] for this stream.
    #[doc(hidden)]
    pub fn system_clock(self) -> SystemClock {
        SystemClock
    }
}

impl<V> Clock<V> for SystemClock {
    type State = ();

    fn start(&self, _: Timestamp) {}

    #[inline]
    fn on_item(&mut self, (): &mut (), _: &V, now: Timestamp) -> Result<Reading, OutOfRange> {
        Ok(Reading { timestamp: now, watermark: now })
    }

    #[inline]
    fn watermark(&self, (): &(), now: Timestamp) -> Timestamp {
        now
    }

    #[inline]
    fn due(&self, (): &(), target: Timestamp) -> Timestamp {
        target
    }
}
