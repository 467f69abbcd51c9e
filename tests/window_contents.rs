//! What windows hold: logics of one's own, sets and maps, and values that are compared as they are.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use common::every_way;
use flow::prelude::*;
use flow::time::SimulatedTime;
use flow::windows::{WindowBounds, WindowLogic};
use simulated::{instant, run};

const POLLS: usize = 40;

fn at(second: i64) -> DateTime<Utc> {
    instant(i128::from(second) * 1_000_000_000)
}

fn time() -> SimulatedTime {
    SimulatedTime::starting_at(at(0))
}

/// Tells all that happens to it.
struct Diary(String);

impl WindowLogic<(i64, char)> for Diary {
    type Output = String;

    fn on_value(&mut self, (_, value): (i64, char), out: &mut impl FnMut(String)) {
        self.0.push(value);
        out(format!("{} came", self.0));
    }

    fn on_merge(&mut self, absorbed: Self, out: &mut impl FnMut(String)) {
        out(format!("{} takes {} in", self.0, absorbed.0));
        self.0 = format!("({}+{})", self.0, absorbed.0);
    }

    fn on_close(self, out: &mut impl FnMut(String)) {
        out(format!("{} ends", self.0));
        out("at last".to_owned());
    }
}

/// The items in their order, and what the diaries of their windows say.
macro_rules! diaries {
    ($items:expr, $windower:ident($($name:ident = $value:expr),*), $expected:expr $(, $option:ident = $given:expr)*) => {
        every_way(|way| {
            let mut rows = Vec::new();
            let flow = dataflow! {
                let items = input(TestingSource::new($items));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 20s),
                    windower = $windower($($name = $value),*),
                    logic = || Diary(String::new())
                    $(, $option = $given)*
                );
                windows.down.output(|row| rows.push(row));
            };
            run(way, flow, &time(), POLLS);
            let expected: Vec<_> = $expected.into_iter().map(|(id, text)| ('k', (id, text.to_owned()))).collect();
            way.compare(&rows, &expected);
        });
    };
}

/// All that the watermark has reached is played before windows close.
#[test]
fn a_logic_is_ordered_by_default() {
    diaries!(
        [(4, 'a'), (2, 'b'), (12, 'c')],
        TumblingWindower(length = 10s, align_to = at(0)),
        [
            (0, "b came"),
            (0, "ba came"),
            (1, "c came"),
            (0, "ba ends"),
            (0, "at last"),
            (1, "c ends"),
            (1, "at last")
        ]
    );
}

#[test]
fn each_window_has_a_logic_of_its_own() {
    diaries!(
        [(4, 'a'), (7, 'b')],
        SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
        [
            (-1, "a came"),
            (0, "a came"),
            (0, "ab came"),
            (1, "b came"),
            (-1, "a ends"),
            (-1, "at last"),
            (0, "ab ends"),
            (0, "at last"),
            (1, "b ends"),
            (1, "at last")
        ],
        ordered = false
    );
}

/// The item goes into the session of the lower id, which here is the one that is absorbed.
#[test]
fn a_logic_takes_another_in() {
    diaries!(
        [(10, 'a'), (0, 'b'), (5, 'c')],
        SessionWindower(gap = 5s),
        [
            (0, "a came"),
            (1, "b came"),
            (0, "ac came"),
            (1, "b takes ac in"),
            (1, "(b+ac) ends"),
            (1, "at last")
        ],
        ordered = false
    );
}

/// Bounds are those of the moment, also of a session that is about to be absorbed.
#[test]
fn what_a_logic_gives_has_the_bounds_of_then() {
    every_way(|way| {
        let mut rows = Vec::new();
        let flow = dataflow! {
            let items = input(TestingSource::new([(10, 'a'), (0, 'b'), (5, 'c')]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.window(
                clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 20s),
                windower = SessionWindower(gap = 5s),
                logic = || Diary(String::new()),
                ordered = false,
                bounds = true,
            );
            windows.down.map_value(|(bounds, _)| bounds).output(|row| rows.push(row));
        };
        run(way, flow, &time(), POLLS);
        let bounds = |id, open, close| ('k', WindowBounds { id, open_time: at(open), close_time: at(close) });
        let merged = bounds(1, 0, 10);
        let expected = [bounds(0, 10, 10), bounds(1, 0, 0), bounds(0, 0, 10), merged, merged, merged];
        way.compare(&rows, &expected);
    });
}

#[test]
fn sets() {
    every_way(|way| {
        let mut rows = Vec::new();
        let flow = dataflow! {
            let items = input(TestingSource::new([3, 1, 3, 2, 11]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.collect_window(
                clock = EventClock(|time| at(*time), wait_for_system_duration = 20s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                into = set,
            );
            windows.down.output(|row| rows.push(row));
        };
        run(way, flow, &time(), POLLS);
        way.compare(&rows, &[('k', (0, BTreeSet::from([1, 2, 3]))), ('k', (1, BTreeSet::from([11])))]);
    });
}

#[test]
fn maps_keep_the_last_value_of_a_key() {
    every_way(|way| {
        let mut rows = Vec::new();
        let flow = dataflow! {
            let items = input(TestingSource::new([('x', 1), ('y', 2), ('x', 3), ('x', 14)]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.collect_window(
                into = map,
                clock = EventClock(|(_, time)| at(*time), wait_for_system_duration = 20s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
            );
            windows.down.output(|row| rows.push(row));
        };
        run(way, flow, &time(), POLLS);
        let expected =
            [('k', (0, BTreeMap::from([('x', 3), ('y', 2)]))), ('k', (1, BTreeMap::from([('x', 14)])))];
        way.compare(&rows, &expected);
    });
}

/// `x` of 10 came first, and `x` of 0 last; but the session of 10 is the later one.
#[test]
fn of_merged_maps_the_later_session_is_kept() {
    every_way(|way| {
        let mut rows = Vec::new();
        let flow = dataflow! {
            let items = input(TestingSource::new([('x', 10), ('x', 0), ('y', 5)]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.collect_window(
                clock = EventClock(|(_, time)| at(*time), wait_for_system_duration = 20s),
                windower = SessionWindower(gap = 5s),
                ordered = false,
                into = map,
            );
            windows.down.output(|row| rows.push(row));
        };
        run(way, flow, &time(), POLLS);
        way.compare(&rows, &[('k', (1, BTreeMap::from([('x', 10), ('y', 5)])))]);
    });
}

/// A score, and who has it, which is not compared.
#[derive(Clone, Copy, Debug)]
struct Score(f64, char);

impl PartialEq for Score {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

#[test]
fn of_equal_values_the_first_is_the_greatest_and_the_least() {
    let cases = [
        (vec![(1.0, 'a'), (2.0, 'b'), (2.0, 'c'), (1.0, 'd')], 'b', 'a'),
        (vec![(f64::NAN, 'a'), (2.0, 'b')], 'a', 'a'),
        (vec![(2.0, 'a'), (f64::NAN, 'b'), (1.0, 'c'), (3.0, 'd')], 'd', 'c'),
    ];
    for (scores, greatest, least) in cases {
        every_way(|way| {
            let scores: Vec<_> = scores.iter().map(|(score, who)| Score(*score, *who)).collect();
            let (mut max, mut min) = (Vec::new(), Vec::new());
            let flow = dataflow! {
                let scores = input(TestingSource::new(scores));
                let keyed = scores.key_on(|_| 'k');
                let best = keyed.max_window(
                    clock = SystemClock(),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                );
                best.down.output(|(key, (_, Score(_, who)))| max.push((key, who)));
                let worst = keyed.min_window(
                    clock = SystemClock(),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                );
                worst.down.output(|(key, (_, Score(_, who)))| min.push((key, who)));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&max, &[('k', greatest)]);
            way.compare(&min, &[('k', least)]);
        });
    }
}

/// 10 and 0 are equal to nothing else; `c` merges their sessions, of which `a` arrived first.
#[test]
fn of_equal_values_in_merged_sessions_the_first_arrival_is_kept() {
    every_way(|way| {
        let mut max = Vec::new();
        let flow = dataflow! {
            let items = input(TestingSource::new([(10, Score(7.0, 'a')), (0, Score(7.0, 'b')), (5, Score(7.0, 'c'))]));
            let keyed = items.key_on(|_| 'k');
            let best = keyed.max_window(
                clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 20s),
                windower = SessionWindower(gap = 5s),
                by = |(_, score)| score.0,
            );
            best.down.output(|(key, (_, (_, Score(_, who))))| max.push((key, who)));
        };
        run(way, flow, &time(), POLLS);
        way.compare(&max, &[('k', 'a')]);
    });
}
