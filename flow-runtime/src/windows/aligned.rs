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
    let out_of_range = || OutOfRange::at(timestamp);
    let [offset, length] = [offset, length].map(|span| i128::from(span.nanoseconds()));
    let align_to = i128::from(align_to.nanoseconds());
    let distance = i128::from(timestamp.nanoseconds()) - align_to;
    let id = distance.checked_div_euclid(offset).ok_or_else(out_of_range)?;
    let open = align_to + id * offset;
    let narrow = |number: i128| i64::try_from(number).map_err(|_| out_of_range());
    Ok(Window {
        id: narrow(id)?,
        open: Timestamp::from_nanoseconds(narrow(open)?),
        close: Timestamp::from_nanoseconds(narrow(open + length)?),
    })
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
