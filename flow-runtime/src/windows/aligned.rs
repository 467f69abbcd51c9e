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
    let near = near_window(timestamp.nanoseconds(), align_to, offset, length);
    let far = || {
        let [time, align] = [timestamp, align_to].map(|time| i128::from(time.nanoseconds()));
        far_window((time - align).checked_div_euclid(offset.nanoseconds().into())?, align_to, offset, length)
    };
    near.or_else(far).ok_or_else(|| OutOfRange::at(timestamp))
}

/// The first of these windows that end behind `timestamp`, none where that is out of range.
pub(super) fn first_window(
    timestamp: Timestamp,
    align_to: Timestamp,
    offset: Span,
    length: Span,
) -> Option<Window> {
    let has_ended = timestamp.nanoseconds().checked_sub(length.nanoseconds());
    let near = has_ended.and_then(|time| near_window(time, align_to, offset, length));
    near.and_then(|ended| behind(ended, offset)).or_else(|| {
        let [time, align, width] =
            [timestamp.nanoseconds(), align_to.nanoseconds(), length.nanoseconds()].map(i128::from);
        let ended = (time - align - width).checked_div_euclid(offset.nanoseconds().into())?;
        far_window(ended + 1, align_to, offset, length)
    })
}

/// The last window that an instant belongs to, where numbers of one word will do to find it, as nearly always.
#[inline]
fn near_window(time: i64, align_to: Timestamp, offset: Span, length: Span) -> Option<Window> {
    let distance = time.checked_sub(align_to.nanoseconds())?;
    let offset = Some(offset.nanoseconds()).filter(|offset| *offset > 0)?;
    let open = time.checked_sub(distance.rem_euclid(offset))?;
    window(distance.div_euclid(offset), open, length)
}

/// The window of a number, none where that is out of range.
#[cold]
fn far_window(id: i128, align_to: Timestamp, offset: Span, length: Span) -> Option<Window> {
    let open = i128::from(align_to.nanoseconds()) + id * i128::from(offset.nanoseconds());
    window(i64::try_from(id).ok()?, i64::try_from(open).ok()?, length)
}

/// None where a bound is out of range.
#[inline]
fn window(id: WindowId, open: i64, length: Span) -> Option<Window> {
    // No item is at the earliest instant there is.
    let open = Some(open).filter(|open| *open > i64::MIN)?;
    Some(Window {
        id,
        open: Timestamp::from_nanoseconds(open),
        close: Timestamp::from_nanoseconds(open.checked_add(length.nanoseconds())?),
    })
}

/// The window behind `window`, none where that is out of range.
#[inline]
pub(super) fn behind(window: Window, offset: Span) -> Option<Window> {
    neighbour(window, 1, offset.nanoseconds())
}

/// The window in front of `window`, none where that is out of range.
#[inline]
pub(super) fn before(window: Window, offset: Span) -> Option<Window> {
    neighbour(window, -1, offset.nanoseconds().checked_neg()?)
}

#[inline]
fn neighbour(window: Window, numbers: WindowId, nanoseconds: i64) -> Option<Window> {
    let moved = |time: Timestamp| time.nanoseconds().checked_add(nanoseconds);
    Some(Window {
        id: window.id.checked_add(numbers)?,
        open: Timestamp::from_nanoseconds(moved(window.open)?),
        close: Timestamp::from_nanoseconds(moved(window.close)?),
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
