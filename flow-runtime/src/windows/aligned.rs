//! Windows at equal distances: what tumbling and sliding ones have in common.

use super::{Window, WindowId};
use crate::time::{OutOfRange, Span, Timestamp};

/// The last window that `timestamp` belongs to, where one of `length` opens at `align_to` and the next ones
/// each `offset` later.
///
/// # Errors
/// When a bound of the window, or its number, is out of range.
pub(super) fn last_window(
    timestamp: Timestamp,
    align_to: Timestamp,
    offset: Span,
    length: Span,
) -> Result<Window, OutOfRange> {
    let distance = i128::from(timestamp.nanoseconds()) - i128::from(align_to.nanoseconds());
    let id = quotient(distance, offset);
    id.and_then(|id| window(id, align_to, offset, length)).ok_or_else(|| OutOfRange::at(timestamp))
}

/// The first of these windows that end behind `timestamp`, none where that is out of range.
pub(super) fn first_window(
    timestamp: Timestamp,
    align_to: Timestamp,
    offset: Span,
    length: Span,
) -> Option<Window> {
    let [time, align, width] =
        [timestamp.nanoseconds(), align_to.nanoseconds(), length.nanoseconds()].map(i128::from);
    window(quotient(time - align - width, offset)? + 1, align_to, offset, length)
}

/// The window of a number, none where that is out of range.
fn window(id: i128, align_to: Timestamp, offset: Span, length: Span) -> Option<Window> {
    let open = i128::from(align_to.nanoseconds()) + id * i128::from(offset.nanoseconds());
    // No item is at the earliest instant there is.
    let open = i64::try_from(open).ok().filter(|open| *open > i64::MIN)?;
    Some(Window {
        id: i64::try_from(id).ok()?,
        open: Timestamp::from_nanoseconds(open),
        close: Timestamp::from_nanoseconds(open.checked_add(length.nanoseconds())?),
    })
}

/// How many whole offsets a distance is, none where the offset is zero. Nearly always numbers of one word will do.
#[inline]
fn quotient(distance: i128, offset: Span) -> Option<i128> {
    match i64::try_from(distance) {
        Ok(distance) if offset.nanoseconds() > 0 => Some(distance.div_euclid(offset.nanoseconds()).into()),
        _ => distance.checked_div_euclid(offset.nanoseconds().into()),
    }
}

/// The window in front of `window`, none where that is out of range.
#[inline]
pub(super) fn before(window: Window, offset: Span) -> Option<Window> {
    let earlier = |time: Timestamp| time.nanoseconds().checked_sub(offset.nanoseconds());
    Some(Window {
        id: window.id.checked_sub(1)?,
        open: Timestamp::from_nanoseconds(earlier(window.open)?),
        close: Timestamp::from_nanoseconds(earlier(window.close)?),
    })
}

/// The window `id` among open ones, of which the latest is the first.
pub(super) fn find(open: &[Window], id: WindowId) -> Option<Window> {
    let place = open.partition_point(|window| window.id > id);
    open.get(place).copied().filter(|window| window.id == id)
}

/// Refuses a length of time that is none, or that no computation can take.
pub(super) fn check_length(name: &str, length: Option<Span>) -> Result<Span, String> {
    match length {
        None => Err(format!("`{name}` is too long: the longest there is are about 292 years")),
        Some(length) if length.nanoseconds() <= 0 => Err(format!("`{name}` must be more than zero")),
        Some(length) => Ok(length),
    }
}

/// Refuses an instant out of the range of time.
pub(super) fn check_align_to(align_to: Result<Timestamp, OutOfRange>) -> Result<(), String> {
    align_to.map(drop).map_err(|error| format!("`align_to`: {error}"))
}
