//! What has windows.

use std::cmp::Ordering;

use chrono::TimeDelta;
use flow::prelude::*;
use flow::windows::{
    Membership, SessionWindower, SlidingWindower, TumblingWindower, WindowId, WindowMetadata, Windower,
};
use serde_json::{Value, json};

use super::keyed::{combine_items, number_and_serial, serials};
use super::{Item, Recorder, combine, instant, items};
use crate::case::{self, Case, Clock, Operator, Window};

pub(super) fn run(case: &Case, recorder: &Recorder) -> Result<(), flow::Error> {
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
    W: Windower<Membership: Membership<Item> + Membership<ByNumber> + Membership<(i64, Item)>>,
{
    let wait = TimeDelta::microseconds(window.wait);
    let ordered = window.ordered;
    // An operator under one clock, and how what a window gives is written down.
    macro_rules! under {
        ([$($clock:tt)*], |$held:pat_param| $show:expr, $operator:ident($($arguments:tt)*)) => {
            recorder.run(case, dataflow! {
                let items = input(TimedSource::new(items(case)));
                let keyed = items.key_on(|item| item.key);
                let windows = keyed.$operator(clock = $($clock)*, windower = windower, $($arguments)*);
                windows.down.output(|(key, (id, $held))| recorder.put("down", &key, json!([id, $show])));
                windows.late.output(|(key, (id, item))| recorder.put("late", &key, json!([id, item.serial])));
                windows.meta.output(|(key, row)| recorder.put("meta", &key, bounds(row)));
            })
        };
    }
    // An operator under the clock of the case.
    macro_rules! windows {
        ($($rest:tt)*) => {
            match window.clock {
                Clock::Event => under!([EventClock(|item| item.at, wait_for_system_duration = wait)], $($rest)*),
                Clock::System => under!([SystemClock()], $($rest)*),
            }
        };
    }
    match case.operator {
        Operator::CollectWindow => windows!(|list| serials(&list), collect_window(ordered = ordered)),
        Operator::CollectWindowSet => recorder.run(
            case,
            dataflow! {
                let items = input(TimedSource::new(items(case)));
                let keyed = items.key_on(|item| item.key).map_value(ByNumber);
                let windows = keyed.collect_window(
                    clock = EventClock(|item| item.0.at, wait_for_system_duration = wait),
                    windower = windower,
                    into = set,
                    ordered = ordered,
                );
                windows.down.output(|(key, (id, set))| {
                    let items: Vec<_> = set.into_iter().map(|item| number_and_serial(item.0)).collect();
                    recorder.put("down", &key, json!([id, items]));
                });
                windows.late.output(|(key, (id, item))| recorder.put("late", &key, json!([id, item.0.serial])));
                windows.meta.output(|(key, row)| recorder.put("meta", &key, bounds(row)));
            },
        ),
        Operator::CollectWindowMap => recorder.run(
            case,
            dataflow! {
                let items = input(TimedSource::new(items(case)));
                let keyed = items.key_on(|item| item.key).map_value(|item| (item.number, item));
                let windows = keyed.collect_window(
                    clock = EventClock(|(_, item)| item.at, wait_for_system_duration = wait),
                    windower = windower,
                    into = map,
                    ordered = ordered,
                );
                windows.down.output(|(key, (id, map))| {
                    let items: Vec<_> = map.into_iter().map(|(number, item)| (number, item.serial)).collect();
                    recorder.put("down", &key, json!([id, items]));
                });
                windows.late.output(|(key, (id, (number, item)))| {
                    recorder.put("late", &key, json!([id, [json!(number), json!(item.serial)]]));
                });
                windows.meta.output(|(key, row)| recorder.put("meta", &key, bounds(row)));
            },
        ),
        Operator::FoldWindow => windows!(
            |held| held,
            fold_window(
                builder = || case.a,
                folder = |held, item| combine(held, item.number),
                merger = |target, absorbed| combine(combine(target, absorbed), 11),
                ordered = ordered
            )
        ),
        Operator::ReduceWindow => {
            windows!(|item| number_and_serial(item), reduce_window(reducer = combine_items))
        }
        Operator::CountWindow => windows!(|count| count, count_window()),
        Operator::MaxWindow => windows!(|item| item.serial, max_window(by = |item| item.number)),
        _ => windows!(|item| item.serial, min_window(by = |item| item.number)),
    }
}

/// An item of which only the number counts, so that there are equal ones.
#[derive(Clone, Copy, Debug)]
struct ByNumber(Item);

impl PartialEq for ByNumber {
    fn eq(&self, other: &Self) -> bool {
        self.0.number == other.0.number
    }
}

impl Eq for ByNumber {}

impl PartialOrd for ByNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.number.cmp(&other.0.number)
    }
}

/// A row of the port `meta`.
pub(super) fn bounds((id, metadata): (WindowId, WindowMetadata)) -> Value {
    let mut merged = metadata.merged_ids;
    merged.sort_unstable();
    json!([id, [metadata.open_time.timestamp_micros(), metadata.close_time.timestamp_micros(), merged]])
}
