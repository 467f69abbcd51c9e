//! Joins: rows measured on Bytewax 0.21.1, and every pair of modes against a naive computation.
//!
//! The rows are those that Bytewax gives to items that come one at a time. Where a scenario expects anything else,
//! the test says why.

mod common;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::sides::Side2;
use flow::time::SimulatedTime;
use flow::windows::{SessionWindower, TumblingWindower};
use proptest::prelude::*;

/// One item of a stream: which, and what.
type Arrival = (usize, &'static str, &'static str);

/// Two values of the one stream, two of the other, one more of the first.
const TWO_SIDES: [Arrival; 5] =
    [(0, "k", "L1"), (0, "k", "L2"), (1, "k", "R1"), (1, "k", "R2"), (0, "k", "L3")];

fn still() -> SimulatedTime {
    SimulatedTime::starting_at(DateTime::UNIX_EPOCH)
}

/// Joins the first two streams of what arrives, under these modes, in every way.
macro_rules! joined {
    ($arrivals:expr, $insert:ident, $emit:tt, |$way:ident, $rows:ident| $check:expr) => {
        every_way(|$way| {
            let sink = CollectingSink::new();
            let collected = sink.collected();
            let flow = dataflow! {
                let arrivals = input(TestingSource::new($arrivals));
                let (firsts, seconds) = arrivals.branch(|(side, ..)| *side == 0);
                let left = firsts.key_on(|(_, key, _)| *key).map_value(|(.., value)| value);
                let right = seconds.key_on(|(_, key, _)| *key).map_value(|(.., value)| value);
                let rows = join(left, right, insert_mode = $insert, emit_mode = $emit);
                rows.output(sink);
            };
            $way.start(flow, still()).run().unwrap();
            let $rows = collected.take();
            $check
        })
    };
}

mod measured {
    use super::*;

    #[test]
    fn join_first_complete() {
        let expected = [("k", ("L1", "R1")), ("k", ("L3", "R2"))];
        joined!(TWO_SIDES, first, complete, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }

    #[test]
    fn join_first_final() {
        joined!(TWO_SIDES, first, final, |way, rows| {
            assert_eq!(rows, [("k", (Some("L1"), Some("R1")))], "{way:?}");
        });
    }

    #[test]
    fn join_first_running() {
        let expected = [(Some("L1"), None), (Some("L1"), None)].into_iter();
        let expected = expected.chain([(Some("L1"), Some("R1")); 3]).map(|row| ("k", row));
        let expected: Vec<_> = expected.collect();
        joined!(TWO_SIDES, first, running, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }

    #[test]
    fn join_last_final() {
        joined!(TWO_SIDES, last, final, |way, rows| {
            assert_eq!(rows, [("k", (Some("L3"), Some("R2")))], "{way:?}");
        });
    }

    #[test]
    fn join_product_complete() {
        let expected = [("L1", "R1"), ("L2", "R1"), ("L3", "R2")].map(|row| ("k", row));
        joined!(TWO_SIDES, product, complete, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }

    #[test]
    fn join_product_final() {
        let expected = [("L1", "R1"), ("L1", "R2"), ("L2", "R1"), ("L2", "R2"), ("L3", "R1"), ("L3", "R2")];
        let expected = expected.map(|(left, right)| ("k", (Some(left), Some(right))));
        joined!(TWO_SIDES, product, final, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }

    #[test]
    fn join_product_running() {
        let alone = ["L1", "L1", "L2"].map(|left| (Some(left), None));
        let together = [
            ("L1", "R1"),
            ("L2", "R1"),
            ("L1", "R1"),
            ("L1", "R2"),
            ("L2", "R1"),
            ("L2", "R2"),
            ("L1", "R1"),
            ("L1", "R2"),
            ("L2", "R1"),
            ("L2", "R2"),
            ("L3", "R1"),
            ("L3", "R2"),
        ];
        let together = together.map(|(left, right)| (Some(left), Some(right)));
        let expected: Vec<_> = alone.into_iter().chain(together).map(|row| ("k", row)).collect();
        joined!(TWO_SIDES, product, running, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }

    /// Bytewax gives the keys in the order of their bytes, we in the order in which their states were made.
    #[test]
    fn join_3side_final_missing() {
        every_way(|way| {
            let sink = CollectingSink::new();
            let collected = sink.collected();
            let flow = dataflow! {
                let arrivals = input(TestingSource::new([(0, "b", "L"), (2, "a", "Z"), (1, "c", "M")]));
                let all = arrivals.key_on(|(_, key, _)| *key);
                let first = all.filter_value(|(side, ..)| *side == 0).map_value(|(.., value)| value);
                let second = all.filter_value(|(side, ..)| *side == 1).map_value(|(.., value)| value);
                let third = all.filter_value(|(side, ..)| *side == 2).map_value(|(.., value)| value);
                join(first, second, third, emit_mode = final).output(sink);
            };
            way.start(flow, still()).run().unwrap();
            let expected = [
                ("b", (Some("L"), None, None)),
                ("a", (None, None, Some("Z"))),
                ("c", (None, Some("M"), None)),
            ];
            way.compare(&collected.take(), &expected);
        });
    }

    #[test]
    fn join_product_final_2() {
        let arrivals = [(0, "k", "1"), (0, "k", "2"), (1, "k", "3"), (1, "k", "4")];
        let expected = [("1", "3"), ("1", "4"), ("2", "3"), ("2", "4")];
        let expected = expected.map(|(left, right)| ("k", (Some(left), Some(right))));
        joined!(arrivals, product, final, |way, rows| assert_eq!(rows, expected, "{way:?}"));
    }
}

mod windows_measured {
    use super::*;

    /// A stream's value at a second.
    type Timed = (usize, i64, &'static str);

    const TUMBLING: [Timed; 6] =
        [(0, 1, "L1"), (0, 2, "L2"), (1, 3, "R1"), (1, 4, "R2"), (0, 5, "L3"), (0, 15, "L4")];
    /// The last bridges the two sessions before it.
    const BRIDGED: [Timed; 3] = [(0, 0, "L0"), (0, 10, "L10"), (1, 5, "R5")];

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    /// Joins two streams in windows in every way.
    macro_rules! joined {
        ($values:expr, $wait:expr, $windower:expr, $insert:ident, $emit:tt, $ordered:literal, |$way:ident, $down:ident, $meta:ident| $check:expr) => {
            every_way(|$way| {
                let (down, meta) = (CollectingSink::new(), CollectingSink::new());
                let (got_down, got_meta) = (down.collected(), meta.collected());
                let flow = dataflow! {
                    let values = input(TestingSource::new($values));
                    let (firsts, seconds) = values.branch(|(side, ..)| *side == 0);
                    let left = firsts.key_on(|_| 'k');
                    let right = seconds.key_on(|_| 'k');
                    let rows = join_window(
                        left,
                        right,
                        clock = EventClock(|(_, time, _)| second(*time), |(_, time, _)| second(*time), wait_for_system_duration = $wait),
                        windower = $windower,
                        insert_mode = $insert,
                        emit_mode = $emit,
                        ordered = $ordered,
                    );
                    rows.down.map(|(_, row)| row).output(down);
                    rows.meta.map(|(_, (id, window))| (id, window.open_time, window.close_time, window.merged_ids)).output(meta);
                };
                $way.start(flow, still()).run().unwrap();
                let ($down, $meta) = (got_down.take(), got_meta.take());
                $check
            })
        };
    }

    fn tens() -> TumblingWindower {
        TumblingWindower::new(TimeDelta::seconds(10), DateTime::UNIX_EPOCH)
    }

    macro_rules! tumbling {
        ($insert:ident, $emit:tt, |$row:ident| $value:expr, $expected:expr) => {
            joined!(TUMBLING, 0s, tens(), $insert, $emit, true, |way, down, meta| {
                let down: Vec<_> = down.into_iter().map(|(id, $row)| (id, $value)).collect();
                assert_eq!(down, $expected, "{way:?}");
                assert_eq!(meta, [(0, second(0), second(10), vec![]), (1, second(10), second(20), vec![])]);
            })
        };
    }

    macro_rules! bridged {
        ($insert:ident, $emit:tt, |$row:ident| $value:expr, $expected:expr) => {
            joined!(
                BRIDGED,
                TimeDelta::MAX,
                SessionWindower::new(TimeDelta::seconds(5)),
                $insert,
                $emit,
                false,
                |way, down, meta| {
                    let down: Vec<_> = down.into_iter().map(|(id, $row)| (id, $value)).collect();
                    assert_eq!(down, $expected, "{way:?}");
                    assert_eq!(meta, [(0, second(0), second(10), vec![1])]);
                }
            )
        };
    }

    /// The plain values of a row.
    fn plain(row: (Timed, Timed)) -> (&'static str, &'static str) {
        (row.0.2, row.1.2)
    }

    /// The values of a row of which there may be none.
    fn optional(row: (Option<Timed>, Option<Timed>)) -> (&'static str, &'static str) {
        (row.0.map_or("-", |value| value.2), row.1.map_or("-", |value| value.2))
    }

    #[test]
    fn join_window_first_complete() {
        tumbling!(first, complete, |row| plain(row), [(0, ("L1", "R1")), (0, ("L3", "R2"))]);
    }

    #[test]
    fn join_window_first_running() {
        let expected = [
            (0, ("L1", "-")),
            (0, ("L1", "-")),
            (0, ("L1", "R1")),
            (0, ("L1", "R1")),
            (0, ("L1", "R1")),
            (1, ("L4", "-")),
        ];
        tumbling!(first, running, |row| optional(row), expected);
    }

    #[test]
    fn join_window_last_final() {
        tumbling!(last, final, |row| optional(row), [(0, ("L3", "R2")), (1, ("L4", "-"))]);
    }

    #[test]
    fn join_window_last_running() {
        let expected = [
            (0, ("L1", "-")),
            (0, ("L2", "-")),
            (0, ("L2", "R1")),
            (0, ("L2", "R2")),
            (0, ("L3", "R2")),
            (1, ("L4", "-")),
        ];
        tumbling!(last, running, |row| optional(row), expected);
    }

    #[test]
    fn join_window_product_complete() {
        let expected = [(0, ("L1", "R1")), (0, ("L2", "R1")), (0, ("L3", "R2"))];
        tumbling!(product, complete, |row| plain(row), expected);
    }

    #[test]
    fn join_window_product_final() {
        let expected = [
            (0, ("L1", "R1")),
            (0, ("L1", "R2")),
            (0, ("L2", "R1")),
            (0, ("L2", "R2")),
            (0, ("L3", "R1")),
            (0, ("L3", "R2")),
            (1, ("L4", "-")),
        ];
        tumbling!(product, final, |row| optional(row), expected);
    }

    /// Bytewax keeps the later session's value: its `first` and `last` are the wrong way round here.
    #[test]
    fn join_window_merge_first_final() {
        bridged!(first, final, |row| optional(row), [(0, ("L0", "R5"))]);
    }

    /// As above.
    #[test]
    fn join_window_merge_last_final() {
        bridged!(last, final, |row| optional(row), [(0, ("L10", "R5"))]);
    }

    /// The last row is that of the merge. As above.
    #[test]
    fn join_window_merge_first_running() {
        let expected = [(0, ("L0", "-")), (1, ("L10", "-")), (0, ("L0", "R5")), (0, ("L0", "R5"))];
        bridged!(first, running, |row| optional(row), expected);
    }

    /// As above.
    #[test]
    fn join_window_merge_last_running() {
        let expected = [(0, ("L0", "-")), (1, ("L10", "-")), (0, ("L0", "R5")), (0, ("L10", "R5"))];
        bridged!(last, running, |row| optional(row), expected);
    }

    #[test]
    fn join_window_merge_first_complete() {
        bridged!(first, complete, |row| plain(row), [(0, ("L0", "R5"))]);
    }

    #[test]
    fn join_window_merge_product_final() {
        bridged!(product, final, |row| optional(row), [(0, ("L0", "R5")), (0, ("L10", "R5"))]);
    }

    #[test]
    fn join_window_merge_product_running() {
        let expected =
            [(0, ("L0", "-")), (1, ("L10", "-")), (0, ("L0", "R5")), (0, ("L0", "R5")), (0, ("L10", "R5"))];
        bridged!(product, running, |row| optional(row), expected);
    }

    #[test]
    fn join_window_merge_product_complete() {
        bridged!(product, complete, |row| plain(row), [(0, ("L0", "R5"))]);
    }

    /// Bytewax gives a late value with the number of its stream.
    #[test]
    fn join_window_late() {
        every_way(|way| {
            let (down, late) = (CollectingSink::new(), CollectingSink::new());
            let (got_down, got_late) = (down.collected(), late.collected());
            let flow = dataflow! {
                let left = input(TestingSource::new([(15, "L")])).key_on(|_| 'k');
                let right = input(TestingSource::new([(3, 'R')])).key_on(|_| 'k');
                let rows = join_window(
                    left,
                    right,
                    clock = EventClock(|(time, _)| second(*time), |(time, _)| second(*time), wait_for_system_duration = 0s),
                    windower = TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH),
                );
                rows.down.output(down);
                rows.late.output(late);
            };
            way.start(flow, still()).run().unwrap();
            assert_eq!(got_down.take(), [('k', (1, (Some((15, "L")), None)))], "{way:?}");
            assert_eq!(got_late.take(), [('k', (0, Side2::Second((3, 'R'))))], "{way:?}");
        });
    }
}

/// What is joined needs no `Clone` where each value is given once.
#[test]
fn values_that_cannot_be_cloned() {
    #[derive(Debug, PartialEq)]
    struct Only(u8);

    let sink = CollectingSink::new();
    let collected = sink.collected();
    let flow = dataflow! {
        let left = input(IterSource::new([Only(1), Only(2)])).key_on(|_| 'k');
        let right = input(IterSource::new([Only(3), Only(4)])).key_on(|_| 'k');
        let rows = join(left, right);
        rows.output(sink);
    };
    flow.run_in(still()).unwrap();
    assert_eq!(collected.take(), [('k', (Only(1), Only(3))), ('k', (Only(2), Only(4)))]);
}

/// A stream may be a side twice.
#[test]
fn a_stream_joined_with_itself() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let collected = sink.collected();
        let flow = dataflow! {
            let numbers = input(TestingSource::new([1, 2]));
            let keyed = numbers.key_on(|_| 'k');
            join(keyed, keyed, insert_mode = product, emit_mode = final).output(sink);
        };
        way.start(flow, still()).run().unwrap();
        let expected = [(1, 1), (1, 2), (2, 1), (2, 2)];
        let expected = expected.map(|(left, right)| ('k', (Some(left), Some(right))));
        assert_eq!(collected.take(), expected, "{way:?}");
    });
}

#[test]
fn twelve_streams() {
    let sink = CollectingSink::new();
    let collected = sink.collected();
    let flow = dataflow! {
        let numbers = input(TestingSource::new(1..=12));
        let a = numbers.key_on(|_| 'k');
        let b = a.map_value(|number| number * 2);
        let rows = join(a, b, a, b, a, b, a, b, a, b, a, b);
        rows.map(|(_, (one, two, .., last))| (one, two, last)).output(sink);
    };
    flow.run_in(still()).unwrap();
    assert_eq!(collected.take(), (1..=12).map(|number| (number, number * 2, number * 2)).collect::<Vec<_>>());
}

mod model {
    use super::*;

    const SIDES: usize = 3;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Insert {
        First,
        Last,
        Product,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Emit {
        Complete,
        Final,
        Running,
    }

    type Row = Vec<Option<u32>>;

    /// The rows of one key, from all that it has seen since the last that was forgotten. A row is found by its number:
    /// as a number of which each side has a digit.
    fn rows(history: &[(usize, u32)], insert: Insert) -> Vec<Row> {
        let candidates = |side| {
            let all: Vec<_> =
                history.iter().filter(|(of, _)| *of == side).map(|(_, value)| Some(*value)).collect();
            match (insert, all.as_slice()) {
                (_, []) => vec![None],
                (Insert::First, [first, ..]) => vec![*first],
                (Insert::Last, [.., last]) => vec![*last],
                (Insert::Product, _) => all,
            }
        };
        let candidates: Vec<_> = (0..SIDES).map(candidates).collect();
        let count = candidates.iter().map(Vec::len).product();
        let row = |number: usize| {
            let mut rest = number;
            let mut row: Row = Vec::new();
            for side in candidates.iter().rev() {
                row.insert(0, side[rest % side.len()]);
                rest /= side.len();
            }
            row
        };
        (0..count).map(row).collect()
    }

    /// What a join gives for what arrives.
    fn expected(arrivals: &[(usize, u8, u32)], insert: Insert, emit: Emit) -> Vec<(u8, Row)> {
        let mut given = Vec::new();
        // Where a key's present values begin, which is behind the last complete row.
        let mut begin = [0; 4];
        let of_key = |key: u8, from: usize, to: usize| -> Vec<_> {
            let seen = arrivals[from..to].iter().filter(|(_, of, _)| *of == key);
            seen.map(|(side, _, value)| (*side, *value)).collect()
        };
        for (place, (_, key, _)) in arrivals.iter().enumerate() {
            let history = of_key(*key, begin[usize::from(*key)], place + 1);
            let is_complete = (0..SIDES).all(|side| history.iter().any(|(of, _)| *of == side));
            if emit == Emit::Running || emit == Emit::Complete && is_complete {
                given.extend(rows(&history, insert).into_iter().map(|row| (*key, row)));
            }
            if emit == Emit::Complete && is_complete {
                begin[usize::from(*key)] = place + 1;
            }
        }
        if emit == Emit::Final {
            let mut keys: Vec<_> = arrivals.iter().map(|(_, key, _)| *key).collect();
            let mut seen = Vec::new();
            keys.retain(|key| {
                !seen.contains(key) && {
                    seen.push(*key);
                    true
                }
            });
            for key in keys {
                let history = of_key(key, 0, arrivals.len());
                given.extend(rows(&history, insert).into_iter().map(|row| (key, row)));
            }
        }
        given
    }

    /// Runs the join of three streams under these modes in every way, and compares.
    macro_rules! compare {
        ($arrivals:expr, $insert:ident $insert_mode:ident, $emit:tt $emit_mode:ident, |$row:ident| $as_options:expr) => {
            every_way(|way: Way| {
                let arrivals = $arrivals;
                let sink = CollectingSink::new();
                let collected = sink.collected();
                let flow = dataflow! {
                    let arrivals = input(TestingSource::new(arrivals.clone()));
                    let all = arrivals.key_on(|(_, key, _)| *key);
                    let first = all.filter_value(|(side, ..)| *side == 0).map_value(|(.., value)| value);
                    let second = all.filter_value(|(side, ..)| *side == 1).map_value(|(.., value)| value);
                    let third = all.filter_value(|(side, ..)| *side == 2).map_value(|(.., value)| value);
                    let rows = join(first, second, third, insert_mode = $insert, emit_mode = $emit);
                    rows.map_value(|$row| $as_options).output(sink);
                };
                way.start(flow, still()).run().unwrap();
                way.compare(&collected.take(), &expected(&arrivals, Insert::$insert_mode, Emit::$emit_mode));
            })
        };
    }

    fn arrivals() -> impl Strategy<Value = Vec<(usize, u8, u32)>> {
        prop::collection::vec((0..SIDES, 0..3_u8, 0..1000_u32), 0..14)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn complete(arrivals in arrivals()) {
            compare!(&arrivals, first First, complete Complete, |row| vec![Some(row.0), Some(row.1), Some(row.2)]);
            compare!(&arrivals, last Last, complete Complete, |row| vec![Some(row.0), Some(row.1), Some(row.2)]);
            compare!(&arrivals, product Product, complete Complete, |row| vec![Some(row.0), Some(row.1), Some(row.2)]);
        }

        #[test]
        fn at_the_end(arrivals in arrivals()) {
            compare!(&arrivals, first First, final Final, |row| vec![row.0, row.1, row.2]);
            compare!(&arrivals, last Last, final Final, |row| vec![row.0, row.1, row.2]);
            compare!(&arrivals, product Product, final Final, |row| vec![row.0, row.1, row.2]);
        }

        #[test]
        fn running(arrivals in arrivals()) {
            compare!(&arrivals, first First, running Running, |row| vec![row.0, row.1, row.2]);
            compare!(&arrivals, last Last, running Running, |row| vec![row.0, row.1, row.2]);
            compare!(&arrivals, product Product, running Running, |row| vec![row.0, row.1, row.2]);
        }
    }
}

mod interval {
    use std::sync::Arc;
    use std::task::Waker;

    use super::*;

    /// A value of one of two streams: which, under which key, when, and which number it has.
    type Value = (usize, u8, i64, usize);

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    /// Every pair of values that came in time and are near each other: at the place of the one that came last.
    fn expected(
        values: &[Value],
        wait: i64,
        before: i64,
        after: i64,
    ) -> (Vec<(u8, (usize, usize))>, Vec<(u8, usize)>) {
        let in_time = |place: usize| {
            let (_, key, time, _) = values[place];
            let seen = values[..=place].iter().filter(|(_, of, ..)| *of == key);
            seen.map(|(_, _, time, _)| time - wait).max().unwrap() <= time
        };
        let (mut pairs, mut late) = (Vec::new(), Vec::new());
        for (place, (side, key, time, number)) in values.iter().enumerate() {
            if !in_time(place) {
                late.push((*key, *number));
                continue;
            }
            let mut partners: Vec<_> = (0..place)
                .filter(|other| in_time(*other) && values[*other].0 != *side && values[*other].1 == *key)
                .filter(|other| {
                    let later = if *side == 0 { values[*other].2 - time } else { time - values[*other].2 };
                    -before <= later && later <= after
                })
                .map(|other| (values[other].2, other))
                .collect();
            partners.sort_unstable();
            pairs.extend(partners.iter().map(|(_, other)| {
                let partner = values[*other].3;
                (*key, if *side == 0 { (*number, partner) } else { (partner, *number) })
            }));
        }
        (pairs, late)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn pairs_are_those_that_are_near(
            values in prop::collection::vec((0..2_usize, 0..2_u8, -20..20_i64), 0..40),
            wait in prop_oneof![Just(0), 0..15_i64, Just(1000)],
            before in prop_oneof![Just(0), 0..12_i64],
            after in prop_oneof![Just(0), 0..12_i64],
        ) {
            let values: Vec<Value> =
                values.into_iter().enumerate().map(|(number, (side, key, time))| (side, key, time, number)).collect();
            let (pairs, late) = expected(&values, wait, before, after);
            every_way(|way| {
                let (down, late_sink) = (CollectingSink::new(), CollectingSink::new());
                let (got_pairs, got_late) = (down.collected(), late_sink.collected());
                let flow = dataflow! {
                    let values = input(TestingSource::new(values.clone()));
                    let (firsts, seconds) = values.branch(|(side, ..)| *side == 0);
                    let left = firsts.key_on(|(_, key, ..)| *key);
                    let right = seconds.key_on(|(_, key, ..)| *key);
                    let near = join_interval(
                        left,
                        right,
                        clock = EventClock(
                            |(.., time, _)| second(*time),
                            |(.., time, _)| second(*time),
                            wait_for_system_duration = TimeDelta::seconds(wait),
                        ),
                        before = TimeDelta::seconds(before),
                        after = TimeDelta::seconds(after),
                    );
                    near.down.map_value(|(left, right)| (left.3, right.3)).output(down);
                    near.late.map_value(|value| match value {
                        Side2::First(value) | Side2::Second(value) => value.3,
                    }).output(late_sink);
                };
                way.start(flow, still()).run().unwrap();
                way.compare(&got_pairs.take(), &pairs);
                way.compare(&got_late.take(), &late);
            });
        }
    }

    /// What can be paired no more is forgotten when the system's time has carried the watermark past it, also where
    /// no further value comes.
    #[test]
    fn what_is_past_is_forgotten() {
        let value = Arc::new(());
        let time = still();
        let (sender, lefts) = channel(10);
        let (_open, rights) = channel::<(DateTime<Utc>, Arc<()>)>(10);
        let flow = dataflow! {
            let left = input(lefts).key_on(|_| 'k');
            let right = input(rights).key_on(|_| 'k');
            let near = join_interval(
                left,
                right,
                clock = EventClock(|(time, _)| *time, |(time, _)| *time, wait_for_system_duration = 2s),
                before = 1s,
                after = 10s,
            );
            near.down.output(|_| {});
        };
        let mut running = flow.start(time.clone());
        sender.send((second(100), Arc::clone(&value))).unwrap();
        let due = loop {
            match running.poll(Waker::noop()).unwrap() {
                Progress::Idle(due) => break due,
                progress => assert_eq!(progress, Progress::Busy),
            }
        };
        assert_eq!(Arc::strong_count(&value), 2);
        // The watermark is two seconds behind the value, and it reaches ten seconds ahead.
        assert_eq!(due, Some(second(12) + TimeDelta::nanoseconds(1)));
        time.set(due.unwrap());
        while running.poll(Waker::noop()).unwrap() == Progress::Busy {}
        assert_eq!(Arc::strong_count(&value), 1);
    }
}
