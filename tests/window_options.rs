//! The options of the operators over windows, in simulated time.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::{DateTime, TimeDelta, Utc};
use common::every_way;
use flow::prelude::*;
use flow::time::SimulatedTime;
use flow::windows::{WindowBounds, WindowId};
use simulated::{instant, run};

fn at(second: i64) -> DateTime<Utc> {
    instant(i128::from(second) * 1_000_000_000)
}

fn time() -> SimulatedTime {
    SimulatedTime::starting_at(at(0))
}

fn bounds(id: WindowId, open: i64, close: i64) -> WindowBounds {
    WindowBounds { id, open_time: at(open), close_time: at(close) }
}

/// Items that come at a time of their own, and say another.
type Rows = &'static [(i64, i64, char)];

fn source(rows: Rows) -> TimedSource<impl Iterator<Item = (DateTime<Utc>, (i64, char))>> {
    TimedSource::new(rows.iter().map(|(arrival, time, value)| (at(*arrival), (*time, *value))))
}

const POLLS: usize = 40;

mod bounds {
    use super::*;

    #[test]
    fn of_windows_that_close() {
        every_way(|way| {
            let mut rows = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 1, 'a'), (0, 4, 'b'), (0, 12, 'c')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                    windower = SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
                    bounds = true,
                );
                windows.down.output(|row| rows.push(row));
            };
            run(way, flow, &time(), POLLS);
            let expected = [
                ('k', (bounds(-1, -5, 5), 2)),
                ('k', (bounds(0, 0, 10), 2)),
                ('k', (bounds(1, 5, 15), 1)),
                ('k', (bounds(2, 10, 20), 1)),
            ];
            way.compare(&rows, &expected);
        });
    }

    #[test]
    fn of_sessions_that_merge() {
        every_way(|way| {
            let mut rows = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 10, 'a'), (0, 0, 'b'), (0, 5, 'c')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 100s),
                    windower = SessionWindower(gap = 5s),
                    bounds = true,
                );
                windows.down.output(|row| rows.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&rows, &[('k', (bounds(1, 0, 10), 3))]);
        });
    }

    #[test]
    fn false_is_as_if_it_were_not_there() {
        let mut rows = Vec::new();
        let flow = dataflow! {
            let items = input(source(&[(0, 1, 'a')]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                bounds = false,
            );
            windows.down.output(|row: (char, (WindowId, u64))| rows.push(row));
        };
        flow.run_in(time()).unwrap();
        assert_eq!(rows, [('k', (0, 1))]);
    }
}

mod late_when {
    use super::*;

    /// Windows of each item, and what is late, where nothing is late before its window has closed.
    macro_rules! check {
        ($rows:expr, $windower:ident($($name:ident = $value:expr),*), $down:expr, $late:expr $(, $option:ident = $given:expr)*) => {
            every_way(|way| {
                let (mut down, mut late) = (Vec::new(), Vec::new());
                let flow = dataflow! {
                    let items = input(source($rows));
                    let keyed = items.key_on(|_| 'k');
                    let windows = keyed.collect_window(
                        clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                        windower = $windower($($name = $value),*),
                        late_when = window_closed
                        $(, $option = $given)*
                    );
                    windows.down
                        .map_value(|(id, list)| (id, list.iter().map(|(_, value)| value).collect::<String>()))
                        .output(|row| down.push(row));
                    windows.late.map_value(|(id, (_, value))| (id, value)).output(|row| late.push(row));
                };
                run(way, flow, &time(), POLLS);
                let down_expected: &[(WindowId, &str)] = $down;
                let expected: Vec<_> = down_expected.iter().map(|(id, list)| ('k', (*id, (*list).to_owned()))).collect();
                way.compare(&down, &expected);
                let late_expected: &[(WindowId, char)] = $late;
                let expected: Vec<_> = late_expected.iter().map(|row| ('k', *row)).collect();
                way.compare(&late, &expected);
            });
        };
    }

    #[test]
    fn an_item_behind_the_watermark_goes_into_an_open_window() {
        check!(
            &[(0, 8, 'a'), (0, 3, 'b'), (0, 12, 'c'), (0, 9, 'd'), (0, 11, 'e')],
            TumblingWindower(length = 10s, align_to = at(0)),
            &[(0, "ab"), (1, "ce")],
            &[(0, 'd')]
        );
    }

    #[test]
    fn a_window_behind_the_watermark_opens_if_it_has_not_closed() {
        // The watermark is at 12, and window 2, which closes at 15, has had no item.
        check!(
            &[(0, 12, 'a'), (0, 4, 'b'), (0, 6, 'c')],
            SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
            &[(1, "ac"), (2, "a")],
            &[(-1, 'b'), (0, 'b'), (0, 'c')]
        );
    }

    #[test]
    fn in_order_too_such_an_item_is_taken_at_once() {
        check!(
            &[(0, 8, 'a'), (0, 3, 'b'), (0, 12, 'c'), (0, 9, 'd')],
            TumblingWindower(length = 10s, align_to = at(0)),
            &[(0, "ab"), (1, "c")],
            &[(0, 'd')],
            ordered = true
        );
    }

    #[test]
    fn a_session_is_joined_while_it_is_open() {
        check!(
            &[
                (0, 20, 'a'),
                (0, 16, 'b'),
                (0, 14, 'c'),
                (0, 5, 'd'),
                (0, 30, 'e'),
                (0, 24, 'f'),
                (0, 25, 'g')
            ],
            SessionWindower(gap = 5s),
            &[(0, "abc"), (1, "eg")],
            &[(-1, 'd'), (-1, 'f')]
        );
    }

    #[test]
    fn a_session_that_would_close_at_once_does_not_begin() {
        // The watermark is at 20: 15 is within the gap, 14 is not, and the session of 20 does not reach to 11.
        check!(
            &[(0, 20, 'a'), (3, 11, 'b'), (3, 16, 'c')],
            SessionWindower(gap = 3s),
            &[(0, "a")],
            &[(-1, 'b'), (-1, 'c')]
        );
    }

    /// The session of 10 is over when the watermark is behind 15, which is at 5 on the system's clock. At 7 the
    /// watermark is at 17, and an item of 12 begins a session that is open for an instant longer.
    #[test]
    fn a_session_whose_time_is_over_is_not_joined() {
        check!(
            &[(0, 10, 'a'), (7, 12, 'b'), (7, 11, 'c'), (9, 12, 'd')],
            SessionWindower(gap = 5s),
            &[(0, "a"), (1, "bc")],
            &[(-1, 'd')]
        );
    }

    #[test]
    fn by_default_the_watermark_decides() {
        every_way(|way| {
            let mut late = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 8, 'a'), (0, 3, 'b')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                    late_when = watermark_passed,
                );
                windows.late.output(|row| late.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&late, &[('k', (0, (3, 'b')))]);
        });
    }

    /// Items that are late for some of their windows are counted once where nobody takes them.
    #[test]
    fn late_items_that_nobody_takes_are_counted() {
        let flow = dataflow! {
            let items = input(source(&[(0, 12, 'a'), (0, 4, 'b'), (0, 6, 'c')]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                windower = SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
                late_when = window_closed,
            );
            windows.down.inspect(|_| {});
        };
        let report = flow.run_in(time()).unwrap();
        assert!(report.to_string().contains("late, taken by nobody: 2"), "{report}");
    }
}

mod early {
    use super::*;

    #[test]
    fn every_so_many_items() {
        every_way(|way| {
            let (mut early, mut down) = (Vec::new(), Vec::new());
            let flow = dataflow! {
                let items = input(source(&[(0, 1, 'a'), (0, 2, 'b'), (0, 3, 'c'), (0, 4, 'd'), (0, 5, 'e'), (0, 12, 'f')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.collect_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                    windower = TumblingWindower(length = 10s, align_to = at(0)),
                    early = 2,
                );
                windows.early.map_value(|(id, list)| (id, list.len())).output(|row| early.push(row));
                windows.down.map_value(|(id, list)| (id, list.len())).output(|row| down.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&early, &[('k', (0, 2)), ('k', (0, 4))]);
            way.compare(&down, &[('k', (0, 5)), ('k', (1, 1))]);
        });
    }

    #[test]
    fn every_so_many_items_of_each_window_that_overlaps() {
        every_way(|way| {
            let mut early = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 1, 'a'), (0, 6, 'b'), (0, 7, 'c')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                    windower = SlidingWindower(length = 10s, offset = 5s, align_to = at(0)),
                    early = 2,
                    bounds = true,
                );
                windows.early.output(|row| early.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&early, &[('k', (bounds(0, 0, 10), 2)), ('k', (bounds(1, 5, 15), 2))]);
        });
    }

    /// 10 and 0 have one item each, and 5 makes three of them.
    #[test]
    fn items_of_merged_sessions_count_together() {
        every_way(|way| {
            let mut early = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 10, 'a'), (0, 0, 'b'), (0, 5, 'c'), (0, 6, 'd')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 100s),
                    windower = SessionWindower(gap = 5s),
                    early = 3,
                    bounds = true,
                );
                windows.early.output(|row| early.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&early, &[('k', (bounds(1, 0, 10), 3))]);
        });
    }

    /// The window opens at 1 by the system's time: it may speak at 6, 11, 16, and has nothing new to say at 16.
    #[test]
    fn every_so_long() {
        every_way(|way| {
            let time = time();
            let clock = time.clone();
            let (mut early, mut down) = (Vec::new(), Vec::new());
            let flow = dataflow! {
                let items = input(source(&[(1, 1, 'a'), (2, 2, 'b'), (7, 3, 'c'), (19, 4, 'd'), (23, 100, 'e')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 100s),
                    windower = TumblingWindower(length = 50s, align_to = at(0)),
                    early = 5s,
                );
                windows.early.map_value(|row| (clock.time(), row)).output(|row| early.push(row));
                windows.down.map_value(|row| (clock.time(), row)).output(|row| down.push(row));
            };
            run(way, flow, &time, POLLS);
            way.compare(&early, &[('k', (at(6), (0, 2))), ('k', (at(11), (0, 3))), ('k', (at(21), (0, 4)))]);
            way.compare(&down, &[('k', (at(23), (0, 4))), ('k', (at(23), (2, 1)))]);
        });
    }

    /// An item that comes as the time is up belongs to what is given then.
    #[test]
    fn an_item_comes_before_what_is_due() {
        every_way(|way| {
            let mut early = Vec::new();
            let flow = dataflow! {
                let items = input(source(&[(0, 0, 'a'), (5, 1, 'b'), (5, 2, 'c'), (12, 3, 'd')]));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 100s),
                    windower = TumblingWindower(length = 50s, align_to = at(0)),
                    early = 5s,
                );
                windows.early.output(|row| early.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&early, &[('k', (0, 2)), ('k', (0, 3))]);
        });
    }

    #[test]
    fn a_number_may_be_an_expression() {
        let every = 1_u64 + 1;
        let mut early = Vec::new();
        let flow = dataflow! {
            let items = input(source(&[(0, 1, 'a'), (0, 2, 'b'), (0, 3, 'c')]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.max_window(
                clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                by = |(time, _)| *time,
                early = every,
            );
            let (_, _, _, results) = windows;
            results.output(|(_, (_, (time, _)))| early.push(time));
        };
        flow.run_in(time()).unwrap();
        assert_eq!(early, [2]);
    }
}

mod forget_keys_after {
    use super::*;

    /// Which sessions a key has had tells whether it was forgotten: they are numbered from 0.
    fn check(rows: Rows, sessions: &[(char, WindowId)]) {
        every_way(|way| {
            let mut down = Vec::new();
            let flow = dataflow! {
                let items = input(source(rows));
                let keyed = items.key_on(|(_, key)| *key);
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 10s),
                    windower = SessionWindower(gap = 5s),
                    forget_keys_after = 60s,
                );
                windows.down.map_value(|(id, _)| id).output(|row| down.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&down, sessions);
        });
    }

    #[test]
    fn a_key_is_kept_until_then() {
        check(&[(0, 0, 'k'), (59, 59, 'k')], &[('k', 0), ('k', 1)]);
    }

    #[test]
    fn a_key_is_forgotten_then() {
        check(&[(0, 0, 'k'), (61, 61, 'k')], &[('k', 0), ('k', 0)]);
    }

    #[test]
    fn an_item_that_comes_as_the_key_is_to_be_forgotten_is_taken_first() {
        check(&[(0, 0, 'k'), (60, 60, 'k')], &[('k', 0), ('k', 1)]);
    }

    #[test]
    fn what_counts_is_the_last_item_even_if_it_is_late() {
        check(&[(0, 0, 'k'), (40, -40, 'k'), (80, 80, 'k')], &[('k', 0), ('k', 1)]);
    }

    /// The window of the first two items is open until 210 by the system's clock, and that long the key is kept; the
    /// third would be late for it, if anybody knew.
    #[test]
    fn a_key_with_an_open_window_is_kept() {
        every_way(|way| {
            let (mut down, mut late) = (Vec::new(), Vec::new());
            let flow = dataflow! {
                let items = input(source(&[(0, 0, 'k'), (150, 150, 'k'), (215, 1, 'k')]));
                let keyed = items.key_on(|(_, key)| *key);
                let windows = keyed.count_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 10s),
                    windower = TumblingWindower(length = 200s, align_to = at(0)),
                    forget_keys_after = 60s,
                );
                windows.down.output(|row| down.push(row));
                windows.late.output(|row| late.push(row));
            };
            run(way, flow, &time(), POLLS);
            way.compare(&down, &[('k', (0, 2)), ('k', (0, 1))]);
            way.compare(&late, &[]);
        });
    }

    /// Forgetting a key costs a wake-up of its own, and no more.
    #[test]
    fn a_forgotten_key_comes_due_once() {
        let time = time();
        let flow = dataflow! {
            let items = input(TimedSource::new([(at(0), 0), (at(500), 1)]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = SystemClock(),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                forget_keys_after = 60s,
            );
            windows.down.inspect(|_| {});
        };
        let mut running = flow.start(time.clone());
        let mut wakes = Vec::new();
        loop {
            match running.poll(std::task::Waker::noop()).unwrap() {
                Progress::Idle(Some(due)) => {
                    wakes.push(due);
                    time.set(due);
                }
                Progress::Ended => break,
                _ => {}
            }
        }
        assert_eq!(wakes, [at(10), at(60), at(500)]);
    }

    #[test]
    fn it_has_to_be_more_than_zero() {
        let none = TimeDelta::zero();
        let flow = dataflow! {
            let items = input(TestingSource::new([1]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = SystemClock(),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                forget_keys_after = none,
            );
            windows.down.inspect(|_| {});
        };
        let error = flow.run_in(time()).unwrap_err().to_string();
        assert!(
            error.ends_with("step `windows`: cannot start: `forget_keys_after` must be more than zero"),
            "{error}"
        );
    }

    #[test]
    fn early_has_to_be_more_than_zero() {
        let none = 0_u64;
        let flow = dataflow! {
            let items = input(TestingSource::new([1]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = SystemClock(),
                windower = TumblingWindower(length = 10s, align_to = at(0)),
                early = none,
            );
            windows.early.inspect(|_| {});
        };
        let error = flow.run_in(time()).unwrap_err().to_string();
        assert!(error.ends_with("step `windows`: cannot start: `early` must be more than zero"), "{error}");
    }
}
