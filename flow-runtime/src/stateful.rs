//! A logic of the user's own for each key: what `stateful` and `stateful_batch` host.

mod alarm;
mod hosted;

use chrono::{DateTime, Utc};

use crate::list::List;

pub use crate::keyed::Fate;
pub(crate) use hosted::{Hosted, Moment};

/// What is done with the values of one key, item by item: for
/// [`stateful`](crate::stream::KeyedStream::stateful). The value itself is the key's state.
///
/// Each call gets `now`, the time of the activation, and `out`, which gives a value under the key; it says
/// whether the state is kept. Where it is dropped, the key's next item makes a new one.
///
/// A logic is plain code, and can be tried without a flow:
///
/// ```
/// use chrono::{DateTime, Utc};
/// use flow::stateful::{Fate, StatefulLogic};
///
/// /// Gives each value with the one before it.
/// struct Pairs(Option<u32>);
///
/// impl StatefulLogic<u32> for Pairs {
///     type Output = (u32, u32);
///
///     fn on_item(&mut self, value: u32, _: DateTime<Utc>, out: &mut impl FnMut((u32, u32))) -> Fate {
///         if let Some(before) = self.0.replace(value) {
///             out((before, value));
///         }
///         Fate::Keep
///     }
/// }
///
/// let mut given = Vec::new();
/// let mut pairs = Pairs(None);
/// for value in [1, 2, 3] {
///     pairs.on_item(value, DateTime::UNIX_EPOCH, &mut |pair| given.push(pair));
/// }
/// assert_eq!(given, [(1, 2), (2, 3)]);
/// ```
pub trait StatefulLogic<V> {
    /// What is given.
    type Output;

    /// Takes a value.
    fn on_item(&mut self, value: V, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate;

    /// The time of [`notify_at`](Self::notify_at) has come: `now` is that or later.
    fn on_notify(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        let _ = (now, out);
        Fate::Keep
    }

    /// The input has ended: nothing is called any more.
    fn on_eof(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        let _ = (now, out);
        Fate::Keep
    }

    /// When the key is to be notified; none for never. Asked for after each call, and only the answer to the
    /// last one counts: whoever gives another time, or none, is not woken at the earlier one.
    ///
    /// A time that has come already counts at once: `on_notify` follows the call, before any other item. A time
    /// notifies once, also where it is given again and again. What `on_notify` leaves behind has to be later
    /// than what it was called for.
    fn notify_at(&self) -> Option<DateTime<Utc>> {
        None
    }
}

/// What is done with the values of one key, all together that the key has in an activation: for
/// [`stateful_batch`](crate::stream::KeyedStream::stateful_batch). See [`StatefulLogic`], which takes them one
/// by one.
pub trait StatefulBatchLogic<V> {
    /// What is given.
    type Output;

    /// Takes the values that the key has in this activation, at least one, in order of arrival.
    fn on_batch(&mut self, values: List<V>, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate;

    /// The time of [`notify_at`](Self::notify_at) has come: `now` is that or later.
    fn on_notify(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        let _ = (now, out);
        Fate::Keep
    }

    /// The input has ended: nothing is called any more.
    fn on_eof(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        let _ = (now, out);
        Fate::Keep
    }

    /// When the key is to be notified, as in [`StatefulLogic::notify_at`].
    fn notify_at(&self) -> Option<DateTime<Utc>> {
        None
    }
}
