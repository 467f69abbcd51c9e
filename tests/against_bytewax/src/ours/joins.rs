//! What brings several streams together.

use chrono::TimeDelta;
use flow::prelude::*;
use flow::sides::Side2;
use flow::windows::{Membership, SessionWindower, SlidingWindower, TumblingWindower, Windower};
use serde_json::{Value, json};

use super::windows::bounds;
use super::{Item, Recorder, instant, items};
use crate::case::{self, Case, Emit, Insert, Window};

/// Expands `$join!(…)` with the words of the case's modes.
macro_rules! in_modes {
    ($case:expr, $join:ident) => {
        match ($case.insert_mode, $case.emit_mode) {
            (Insert::First, Emit::Complete) => $join!(first, complete),
            (Insert::First, Emit::Final) => $join!(first, final),
            (Insert::First, Emit::Running) => $join!(first, running),
            (Insert::Last, Emit::Complete) => $join!(last, complete),
            (Insert::Last, Emit::Final) => $join!(last, final),
            (Insert::Last, Emit::Running) => $join!(last, running),
            (Insert::Product, Emit::Complete) => $join!(product, complete),
            (Insert::Product, Emit::Final) => $join!(product, final),
            (Insert::Product, Emit::Running) => $join!(product, running),
        }
    };
}

pub(super) fn join(case: &Case, recorder: &Recorder) -> Result<(), flow::Error> {
    macro_rules! two {
        ($insert:ident, $emit:tt) => {
            recorder.run(
                case,
                dataflow! {
                    let items = input(TimedSource::new(items(case)));
                    let left = items.filter(|item| item.side == 0).key_on(|item| item.key);
                    let right = items.filter(|item| item.side == 1).key_on(|item| item.key);
                    let rows = join(left, right, insert_mode = $insert, emit_mode = $emit);
                    rows.output(|(key, (a, b))| recorder.put("out", &key, json!([a.serial(), b.serial()])));
                },
            )
        };
    }
    macro_rules! three {
        ($insert:ident, $emit:tt) => {
            recorder.run(
                case,
                dataflow! {
                    let items = input(TimedSource::new(items(case)));
                    let left = items.filter(|item| item.side == 0).key_on(|item| item.key);
                    let middle = items.filter(|item| item.side == 1).key_on(|item| item.key);
                    let right = items.filter(|item| item.side == 2).key_on(|item| item.key);
                    let rows = join(left, middle, right, insert_mode = $insert, emit_mode = $emit);
                    rows.output(|(key, (a, b, c))| {
                        recorder.put("out", &key, json!([a.serial(), b.serial(), c.serial()]));
                    });
                },
            )
        };
    }
    if case.sides == 2 { in_modes!(case, two) } else { in_modes!(case, three) }
}

pub(super) fn join_window(case: &Case, recorder: &Recorder) -> Result<(), flow::Error> {
    let Some(window) = &case.window else { return Ok(()) };
    let [length, offset, gap] = [window.length, window.offset, window.gap].map(TimeDelta::microseconds);
    let align_to = instant(window.align_to);
    match window.windower {
        case::Windower::Tumbling => with(case, window, recorder, TumblingWindower::new(length, align_to)),
        case::Windower::Sliding => {
            with(case, window, recorder, SlidingWindower::new(length, offset, align_to))
        }
        case::Windower::Session => with(case, window, recorder, SessionWindower::new(gap)),
    }
}

fn with<W>(case: &Case, window: &Window, recorder: &Recorder, windower: W) -> Result<(), flow::Error>
where
    W: Windower<Membership: Membership<Side2<Item, Item>>>,
{
    let wait = TimeDelta::microseconds(window.wait);
    let ordered = window.ordered;
    macro_rules! joined {
        ($insert:ident, $emit:tt) => {
            recorder.run(case, dataflow! {
                let items = input(TimedSource::new(items(case)));
                let left = items.filter(|item| item.side == 0).key_on(|item| item.key);
                let right = items.filter(|item| item.side == 1).key_on(|item| item.key);
                let windows = join_window(
                    left,
                    right,
                    clock = EventClock(|item| item.at, |item| item.at, wait_for_system_duration = wait),
                    windower = windower,
                    insert_mode = $insert,
                    emit_mode = $emit,
                    ordered = ordered,
                );
                windows.down.output(|(key, (id, (a, b)))| {
                    recorder.put("down", &key, json!([id, [a.serial(), b.serial()]]));
                });
                windows.late.output(|(key, (id, value))| recorder.put("late", &key, json!([id, late(value)])));
                windows.meta.output(|(key, row)| recorder.put("meta", &key, bounds(row)));
            })
        };
    }
    in_modes!(case, joined)
}

fn late(value: Side2<Item, Item>) -> (u8, usize) {
    match value {
        Side2::First(item) => (0, item.serial),
        Side2::Second(item) => (1, item.serial),
    }
}

/// What stands in a row, which the mode decides on.
trait Cell {
    fn serial(&self) -> Value;
}

impl Cell for Item {
    fn serial(&self) -> Value {
        json!(self.serial)
    }
}

impl Cell for Option<Item> {
    fn serial(&self) -> Value {
        json!(self.map(|item| item.serial))
    }
}
