"""What the work for Bytewax shares: checksums, and a clock of events."""

from datetime import datetime, timedelta, timezone

from bytewax.operators.windowing import EventClock

MASK = (1 << 64) - 1
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def step(total, item):
    return ((total << 1) & MASK | total >> 63) ^ item


def digest(*parts):
    total = 0
    for part in parts:
        mixed = ((total ^ (part & MASK)) * 0x9E3779B97F4A7C15) & MASK
        total = (mixed << 29) & MASK | mixed >> 35
    return total


def digest_bytes(text):
    total = 0
    for byte in text:
        total = digest(total, byte)
    return total


def total(of_row):
    """Sums what `of_row` says of each row."""
    return lambda rows: sum(map(of_row, rows)) & MASK


def event_clock(wait, time_of_item):
    """A clock that waits for so many seconds, and whose system's time stands still: windows go by the items alone."""
    still = datetime(2030, 1, 1, tzinfo=timezone.utc)
    return EventClock(
        time_of_item,
        wait_for_system_duration=timedelta(seconds=wait),
        now_getter=lambda: still,
        to_system_utc=lambda _time: None,
    )
