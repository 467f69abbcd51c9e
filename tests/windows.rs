//! Windows that overlap, windows that merge, and what they hold: rows that were measured on Bytewax, and random
//! scenarios against a model that knows the whole history and keeps no state.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::{SimulatedTime, StillTime, Timestamp};
use flow::windows::{Membership, SessionWindower, SlidingWindower, WindowId, WindowMetadata, Windower};
use proptest::prelude::*;
use simulated::{instant, run};

/// The nanoseconds from 1970 to `time`.
fn of(time: DateTime<Utc>) -> i128 {
    time.timestamp_nanos_opt().unwrap().into()
}

/// What was measured on Bytewax 0.21.1. Times are in milliseconds.
mod conformance {
    use super::*;

    /// Key, time and value.
    type Row<V> = (&'static str, i64, V);
    /// Key, window and what it gave, or what came too late for it.
    type Out<V> = (&'static str, WindowId, V);
    /// Key, and window, the times at which it opened and closed, and what was merged into it.
    type Meta = (&'static str, (WindowId, i64, i64, Vec<WindowId>));

    /// What came out of the three ports.
    type Streams<O, V> = (Vec<Out<O>>, Vec<Out<V>>, Vec<Meta>);

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    fn seconds<V: Copy>(rows: &[Row<V>]) -> Vec<Row<V>> {
        rows.iter().map(|(key, second, value)| (*key, second * 1_000, *value)).collect()
    }

    fn out<K, V>((key, (id, value)): (K, (WindowId, V))) -> (K, WindowId, V) {
        (key, id, value)
    }

    fn bounds((key, (id, meta)): (&'static str, (WindowId, WindowMetadata))) -> Meta {
        (key, (id, meta.open_time.timestamp_millis(), meta.close_time.timestamp_millis(), meta.merged_ids))
    }

    fn pairs<V>(rows: Vec<Out<V>>) -> Vec<(&'static str, (WindowId, V))> {
        rows.into_iter().map(|(key, id, value)| (key, (id, value))).collect()
    }

    /// Runs a window operator over `$rows` in every way, and compares what comes out of its ports. The closure
    /// makes of what a window gives something that can be compared.
    macro_rules! check {
        (
            $operator:ident($rows:expr, $wait:expr, $($windower:ident)::+($($argument:expr),*) $(, $name:ident = $value:expr)*),
            |$held:pat_param| $show:expr,
            $expected:expr
        ) => {
            every_way(|way| {
                let expected: Streams<_, _> = $expected;
                let rows: Vec<Row<_>> = $rows;
                let polls = rows.len() + 3;
                let (mut down, mut late, mut meta) = (Vec::new(), Vec::new(), Vec::new());
                let wait: TimeDelta = $wait;
                let windower = $($windower)::+::new($($argument),*);
                let flow = dataflow! {
                    let rows = input(TestingSource::new(rows));
                    let keyed = rows.key_on(|(key, _, _)| *key);
                    let windows = keyed.$operator(
                        clock = EventClock(|(_, time, _)| at(*time), wait_for_system_duration = wait),
                        windower = windower
                        $(, $name = $value)*
                    );
                    windows.down.map_value(|(id, $held)| (id, $show)).output(|row| down.push(out(row)));
                    windows.late.map_value(|(id, (_, _, value))| (id, value)).output(|row| late.push(out(row)));
                    windows.meta.output(|row| meta.push(bounds(row)));
                };
                run(way, flow, &SimulatedTime::starting_at(at(0)), polls);
                way.compare(&pairs(down), &pairs(expected.0));
                way.compare(&pairs(late), &pairs(expected.1));
                way.compare(&meta, &expected.2);
            });
        };
    }

    const NO_WAIT: TimeDelta = TimeDelta::zero();

    fn s(seconds: i64) -> TimeDelta {
        TimeDelta::seconds(seconds)
    }

    fn values<V>(list: flow::list::List<Row<V>>) -> Vec<V> {
        list.into_iter().map(|(_, _, value)| value).collect()
    }

    mod sliding_intersects {
        use super::*;

        /// Times and lengths in microseconds.
        fn check(length: i64, offset: i64, cases: &[(i64, &[WindowId])]) {
            let [length, offset] = [length, offset].map(TimeDelta::microseconds);
            let windower = SlidingWindower::new(length, offset, DateTime::UNIX_EPOCH);
            for (time, expected) in cases {
                let time = Timestamp::from_nanoseconds(time * 1_000);
                let (mut opened, mut late) = (Vec::new(), Vec::new());
                windower.open_for(&mut windower.start(), time, &mut opened).unwrap();
                windower.late_for(time, &mut late).unwrap();
                assert_eq!((opened.as_slice(), late.as_slice()), (*expected, *expected), "{time}");
            }
        }

        #[test]
        fn sliding_intersects_10_5() {
            let cases: [(_, &[_]); 8] = [
                (13, &[1, 2]),
                (-3, &[-2, -1]),
                (3, &[-1, 0]),
                (7, &[0, 1]),
                (15, &[2, 3]),
                (-5, &[-2, -1]),
                (0, &[-1, 0]),
                (10, &[1, 2]),
            ];
            check(10, 5, &cases);
        }

        #[test]
        fn sliding_intersects_10_7() {
            check(
                10,
                7,
                &[(14, &[1, 2]), (-7, &[-2, -1]), (0, &[-1, 0]), (17, &[2]), (-4, &[-1]), (10, &[1])],
            );
        }

        #[test]
        fn sliding_intersects_10_10() {
            let cases: [(_, &[_]); 7] =
                [(15, &[1]), (-5, &[-1]), (5, &[0]), (20, &[2]), (-10, &[-1]), (0, &[0]), (10, &[1])];
            check(10, 10, &cases);
        }

        #[test]
        fn sliding_intersects_5_5_5() {
            check(5_500_000, 5_000_000, &[(513_040_400, &[102])]);
        }
    }

    #[test]
    fn sliding_1() {
        let rows = [(1, 'a'), (4, 'b'), (8, 'c'), (12, 'd'), (13, 'e'), (14, 'f'), (16, 'g'), (1, 'h')];
        check!(
            collect_window(
                seconds(&rows.map(|(time, value)| ("a", time, value))),
                NO_WAIT,
                SlidingWindower(s(10), s(5), at(0))
            ),
            |list| values(list),
            (
                vec![
                    ("a", -1, vec!['a', 'b']),
                    ("a", 0, vec!['a', 'b', 'c']),
                    ("a", 1, vec!['c', 'd', 'e', 'f']),
                    ("a", 2, vec!['d', 'e', 'f', 'g']),
                    ("a", 3, vec!['g']),
                ],
                vec![("a", -1, 'h'), ("a", 0, 'h')],
                vec![
                    ("a", (-1, -5_000, 5_000, vec![])),
                    ("a", (0, 0, 10_000, vec![])),
                    ("a", (1, 5_000, 15_000, vec![])),
                    ("a", (2, 10_000, 20_000, vec![])),
                    ("a", (3, 15_000, 25_000, vec![])),
                ],
            )
        );
    }

    #[test]
    fn sliding_late_closed() {
        check!(
            collect_window(
                seconds(&[("a", 20, 1), ("a", 12, 2)]),
                NO_WAIT,
                SlidingWindower(s(10), s(5), at(0))
            ),
            |list| values(list),
            (
                vec![("a", 3, vec![1]), ("a", 4, vec![1])],
                vec![("a", 1, 2), ("a", 2, 2)],
                vec![("a", (3, 15_000, 25_000, vec![])), ("a", (4, 20_000, 30_000, vec![]))],
            )
        );
    }

    #[test]
    fn sliding_emit_order() {
        check!(
            collect_window(
                seconds(&[("a", 1, 1), ("a", 12, 2), ("a", 100, 3)]),
                NO_WAIT,
                SlidingWindower(s(10), s(5), at(0))
            ),
            |list| values(list),
            (
                [(-1, 1), (0, 1), (1, 2), (2, 2), (19, 3), (20, 3)]
                    .map(|(id, item)| ("a", id, vec![item]))
                    .into(),
                vec![],
                [-1, 0, 1, 2, 19, 20].map(|id| ("a", (id, id * 5_000, id * 5_000 + 10_000, vec![]))).into(),
            )
        );
    }

    #[test]
    fn session_1() {
        let rows = [(1, 'a'), (5, 'b'), (11, 'c'), (12, 'd'), (13, 'e'), (14, 'f'), (20, 'g'), (1, 'h')];
        check!(
            collect_window(
                seconds(&rows.map(|(time, value)| ("a", time, value))),
                NO_WAIT,
                SessionWindower(s(5))
            ),
            |list| values(list),
            (
                vec![("a", 0, vec!['a', 'b']), ("a", 1, vec!['c', 'd', 'e', 'f']), ("a", 2, vec!['g'])],
                vec![("a", -1, 'h')],
                vec![
                    ("a", (0, 1_000, 5_000, vec![])),
                    ("a", (1, 11_000, 14_000, vec![])),
                    ("a", (2, 20_000, 20_000, vec![])),
                ],
            )
        );
    }

    #[test]
    fn session_gap_inclusive() {
        check!(
            collect_window(
                vec![("a", 0, 1), ("a", 5_000, 2), ("a", 10_000, 3), ("a", 15_001, 4)],
                NO_WAIT,
                SessionWindower(s(5))
            ),
            |list| values(list),
            (
                vec![("a", 0, vec![1, 2, 3]), ("a", 1, vec![4])],
                vec![],
                vec![("a", (0, 0, 10_000, vec![])), ("a", (1, 15_001, 15_001, vec![]))],
            )
        );
    }

    #[test]
    fn session_merge() {
        check!(
            collect_window(
                seconds(&[("a", 0, 1), ("a", 10, 2), ("a", 5, 3)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                ordered = false
            ),
            |list| values(list),
            (vec![("a", 0, vec![1, 3, 2])], vec![], vec![("a", (0, 0, 10_000, vec![1]))])
        );
    }

    #[test]
    fn session_merge_into_later_id() {
        check!(
            collect_window(
                seconds(&[("a", 10, 1), ("a", 0, 2), ("a", 5, 3)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                ordered = false
            ),
            |list| values(list),
            (vec![("a", 1, vec![2, 1, 3])], vec![], vec![("a", (1, 0, 10_000, vec![0]))])
        );
    }

    /// Bytewax forgets here that session 2 was merged into session 1.
    #[test]
    fn session_merge_chain() {
        check!(
            collect_window(
                seconds(&[("a", 0, 1), ("a", 10, 2), ("a", 20, 3), ("a", 15, 4), ("a", 5, 5)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                ordered = false
            ),
            |list| values(list),
            (vec![("a", 0, vec![1, 5, 2, 4, 3])], vec![], vec![("a", (0, 0, 20_000, vec![2, 1]))])
        );
    }

    /// Bytewax merges when the batch is over, and so has the last two the other way round. Item by item, its
    /// rules give this.
    #[test]
    fn session_merge_one_batch() {
        check!(
            collect_window(
                seconds(&[("a", 20, 1), ("a", 10, 2), ("a", 0, 3), ("a", 15, 4), ("a", 5, 5)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                ordered = false
            ),
            |list| values(list),
            (vec![("a", 2, vec![3, 2, 1, 4, 5])], vec![], vec![("a", (2, 0, 20_000, vec![0, 1]))])
        );
    }

    #[test]
    fn session_ordered_never_merges() {
        check!(
            collect_window(
                seconds(&[("a", 20, 1), ("a", 10, 2), ("a", 0, 3), ("a", 15, 4), ("a", 5, 5)]),
                TimeDelta::MAX,
                SessionWindower(s(5))
            ),
            |list| values(list),
            (vec![("a", 0, vec![3, 5, 2, 4, 1])], vec![], vec![("a", (0, 0, 20_000, vec![]))])
        );
    }

    /// Lists are what `collect_window` gives; a set is made of one.
    #[test]
    fn collect_window_set() {
        check!(
            collect_window(
                seconds(&[1, 2, 2, 11].map(|time| ("a", time, time))),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0))
            ),
            |list| values(list).into_iter().collect::<BTreeSet<_>>(),
            (
                vec![("a", 0, BTreeSet::from([1, 2])), ("a", 1, BTreeSet::from([11]))],
                vec![],
                vec![("a", (0, 0, 10_000, vec![])), ("a", (1, 10_000, 20_000, vec![]))],
            )
        );
    }

    /// And a map: the last of equal keys wins.
    #[test]
    fn collect_window_dict() {
        check!(
            collect_window(
                seconds(&[('x', 1), ('y', 2), ('x', 3), ('x', 14)].map(|(key, time)| (
                    "a",
                    time,
                    (key, time)
                ))),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0))
            ),
            |list| values(list).into_iter().collect::<BTreeMap<_, _>>(),
            (
                vec![("a", 0, BTreeMap::from([('x', 3), ('y', 2)])), ("a", 1, BTreeMap::from([('x', 14)]))],
                vec![],
                vec![("a", (0, 0, 10_000, vec![])), ("a", (1, 10_000, 20_000, vec![]))],
            )
        );
    }

    #[test]
    fn fold_merge_args() {
        check!(
            fold_window(
                seconds(&[("a", 0, 1), ("a", 10, 2), ("a", 5, 3)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                builder = String::new,
                folder = |text, (_, _, value)| format!("{text}{value}"),
                merger = |target, absorbed| format!("({target}+{absorbed})"),
                ordered = false
            ),
            |text| text,
            (vec![("a", 0, "(13+2)".to_owned())], vec![], vec![("a", (0, 0, 10_000, vec![1]))])
        );
    }

    #[test]
    fn reduce_window_merge() {
        check!(
            reduce_window(
                seconds(&[("a", 0, 1), ("a", 10, 2), ("a", 5, 3)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                reducer = |(key, time, reduced), (_, _, digit)| (key, time, reduced * 10 + digit)
            ),
            |(_, _, reduced)| reduced,
            (vec![("a", 0, 132)], vec![], vec![("a", (0, 0, 10_000, vec![1]))])
        );
    }

    #[test]
    fn count_window_1() {
        check!(
            count_window(
                seconds(&[("a", 0, 1), ("a", 4, 1), ("b", 8, 1), ("a", 12, 1), ("a", 13, 1)]),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0))
            ),
            |count| count,
            (
                vec![("a", 0, 2), ("a", 1, 2), ("b", 0, 1)],
                vec![],
                vec![
                    ("a", (0, 0, 10_000, vec![])),
                    ("a", (1, 10_000, 20_000, vec![])),
                    ("b", (0, 0, 10_000, vec![]))
                ],
            )
        );
    }

    #[test]
    fn max_window_1() {
        check!(
            max_window(
                seconds(&[("a", 0, 1), ("a", 4, 9), ("a", 8, 3), ("a", 12, 10), ("a", 13, 4)]),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0)),
                by = |(_, _, value)| *value
            ),
            |(_, time, value)| (time, value),
            (
                vec![("a", 0, (4_000, 9)), ("a", 1, (12_000, 10))],
                vec![],
                vec![("a", (0, 0, 10_000, vec![])), ("a", (1, 10_000, 20_000, vec![]))],
            )
        );
    }

    #[test]
    fn max_window_tie() {
        check!(
            max_window(
                seconds(&[("a", 0, 5), ("a", 1, 5), ("a", 2, 4)]),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0)),
                by = |(_, _, value)| *value
            ),
            |(_, time, value)| (time, value),
            (vec![("a", 0, (0, 5))], vec![], vec![("a", (0, 0, 10_000, vec![]))])
        );
    }

    #[test]
    fn min_window_1() {
        check!(
            min_window(
                seconds(&[("a", 0, 1), ("a", 4, 9), ("a", 8, 3), ("a", 12, 10), ("a", 13, 4)]),
                NO_WAIT,
                SlidingWindower(s(10), s(10), at(0)),
                by = |(_, _, value)| *value
            ),
            |(_, time, value)| (time, value),
            (
                vec![("a", 0, (0, 1)), ("a", 1, (13_000, 4))],
                vec![],
                vec![("a", (0, 0, 10_000, vec![])), ("a", (1, 10_000, 20_000, vec![]))],
            )
        );
    }

    /// Of equal values the first to arrive is given, also where it came in a session that was merged into another.
    #[test]
    fn a_tie_in_merged_sessions() {
        check!(
            max_window(
                seconds(&[("a", 10, 5), ("a", 0, 5), ("a", 5, 4)]),
                TimeDelta::MAX,
                SessionWindower(s(5)),
                by = |(_, _, value)| *value
            ),
            |(_, time, value)| (time, value),
            (vec![("a", 1, (10_000, 5))], vec![], vec![("a", (1, 0, 10_000, vec![0]))])
        );
    }
}

/// Random scenarios.
mod model {
    use super::*;

    const SECOND: i128 = 1_000_000_000;
    const YEAR: i128 = 365 * 24 * 3600 * SECOND;

    /// An item: when it comes and what its time is, in nanoseconds from 1970.
    #[derive(Clone, Debug)]
    struct Event {
        number: usize,
        key: u8,
        arrival: i128,
        time: i128,
        rank: u8,
        text: String,
    }

    /// What windows there are.
    #[derive(Clone, Copy, Debug)]
    enum Kind {
        Sliding { length: i128, offset: i128, align_to: i128 },
        Session { gap: i128 },
    }

    #[derive(Clone, Debug)]
    struct Scenario {
        events: Vec<Event>,
        kind: Kind,
        /// None for `TimeDelta::MAX`.
        wait: Option<i128>,
        ordered: bool,
    }

    /// What comes out, by port and key, each row with the system time at which it came.
    #[derive(Default)]
    struct Rows(RefCell<BTreeMap<(&'static str, u8), Vec<String>>>);

    impl Rows {
        fn add(&self, port: &'static str, key: u8, row: String) {
            self.0.borrow_mut().entry((port, key)).or_default().push(row);
        }
    }

    /// What a window gives, by operator.
    #[derive(Clone)]
    struct Held {
        list: Vec<usize>,
        folded: String,
        reduced: String,
    }

    impl Held {
        fn first(number: usize) -> Self {
            Self { list: vec![number], folded: format!("*{number}."), reduced: number.to_string() }
        }

        fn with(mut self, number: usize) -> Self {
            self.list.push(number);
            let (folded, reduced) =
                (format!("{}{number}.", self.folded), format!("<{} {number}>", self.reduced));
            Self { list: self.list, folded, reduced }
        }

        fn and(self, absorbed: Self) -> Self {
            Self {
                list: [self.list, absorbed.list].concat(),
                folded: format!("({}+{})", self.folded, absorbed.folded),
                reduced: format!("<{} {}>", self.reduced, absorbed.reduced),
            }
        }
    }

    /// A window of the model.
    struct Closed {
        id: i128,
        open: i128,
        close: i128,
        /// The watermark that closes it.
        target: i128,
        held: Held,
        merged: Vec<i128>,
    }

    /// A session as it is when so many items have come: the merges that made it, by the items that caused them.
    struct Session {
        id: i128,
        held: Held,
        merges: Vec<(usize, i128)>,
    }

    /// The items of a component, the last of which came last. What was there before it came falls apart into
    /// nothing, one session or two.
    fn session(items: &[(usize, &Event)], all: &[(usize, &Event)], gap: i128) -> Session {
        let ((place, last), before) = items.split_last().unwrap();
        let mut parts = components(before, gap).into_iter().map(|part| session(&part, all, gap));
        match (parts.next(), parts.next()) {
            (None, _) => {
                let begins = |place: usize, event: &Event| {
                    !all[..place].iter().any(|(_, other)| (other.time - event.time).abs() <= gap)
                };
                let id = all[..*place].iter().filter(|(place, event)| begins(*place, event)).count();
                Session {
                    id: i128::try_from(id).unwrap(),
                    held: Held::first(last.number),
                    merges: Vec::new(),
                }
            }
            (Some(only), None) => Session { held: only.held.with(last.number), ..only },
            (Some(mut left), Some(mut right)) => {
                let joined = if left.id < right.id { &mut left } else { &mut right };
                joined.held = joined.held.clone().with(last.number);
                left.merges.append(&mut right.merges);
                left.merges.push((*place, right.id));
                Session { held: left.held.and(right.held), ..left }
            }
        }
    }

    /// Items that hang together, in order of time; those of one in the order in which they were taken.
    fn components<'a>(items: &[(usize, &'a Event)], gap: i128) -> Vec<Vec<(usize, &'a Event)>> {
        let mut by_time = items.to_vec();
        by_time.sort_by_key(|(_, event)| event.time);
        let parts = by_time.chunk_by(|(_, one), (_, next)| next.time - one.time <= gap);
        parts
            .map(|part| {
                let mut part = part.to_vec();
                part.sort_by_key(|(place, _)| *place);
                part
            })
            .collect()
    }

    impl Scenario {
        /// What an item makes of its key's watermark; none where the wait cannot be subtracted.
        fn candidate(&self, event: &Event) -> Option<i128> {
            self.wait.map(|wait| event.time - wait).filter(|candidate| *candidate > i128::from(i64::MIN))
        }

        /// The ids of the windows that a time is in, of those that have any.
        fn ids(&self, time: i128) -> Vec<i128> {
            let Kind::Sliding { length, offset, align_to } = self.kind else { return vec![-1] };
            let around = (time - align_to).div_euclid(offset);
            let opens = |id: i128| align_to + id * offset;
            let near = around - length / offset - 2..around + 3;
            near.filter(|id| opens(*id) <= time && time < opens(*id) + length).collect()
        }

        /// The windows of items that were in time, in the order in which they were taken.
        fn windows(&self, taken: &[(usize, &Event)]) -> Vec<Closed> {
            match self.kind {
                Kind::Sliding { length, offset, align_to } => {
                    let ids: BTreeSet<_> = taken.iter().flat_map(|(_, event)| self.ids(event.time)).collect();
                    let window = |id| {
                        let mut items = taken.iter().filter(|(_, event)| self.ids(event.time).contains(&id));
                        let held = Held::first(items.next().unwrap().1.number);
                        let held = items.fold(held, |held, (_, event)| held.with(event.number));
                        let open = align_to + id * offset;
                        let close = open + length;
                        Closed { id, open, close, target: close, held, merged: Vec::new() }
                    };
                    ids.into_iter().map(window).collect()
                }
                Kind::Session { gap } => {
                    let window = |items: Vec<(usize, &Event)>| {
                        let Session { id, held, mut merges } = session(&items, taken, gap);
                        merges.sort_unstable();
                        let times = || items.iter().map(|(_, event)| event.time);
                        let (open, close) = (times().min().unwrap(), times().max().unwrap());
                        let merged = merges.into_iter().map(|(_, id)| id).collect();
                        Closed { id, open, close, target: close + gap + 1, held, merged }
                    };
                    components(taken, gap).into_iter().map(window).collect()
                }
            }
        }

        /// The history of one key, seen from its end.
        fn model_of(&self, key: u8, rows: &Rows) {
            let end = self.events.last().map_or(0, |event| event.arrival);
            let of_key: Vec<_> = self.events.iter().filter(|event| event.key == key).collect();
            let mut taken = Vec::new();
            for (place, event) in of_key.iter().enumerate() {
                let brought = of_key[..=place]
                    .iter()
                    .filter_map(|before| Some(self.candidate(before)? + (event.arrival - before.arrival)));
                if brought.max().is_some_and(|watermark| event.time < watermark) {
                    for (id, operator) in
                        self.ids(event.time).into_iter().flat_map(|id| LATE.map(|op| (id, op)))
                    {
                        rows.add(operator, key, format!("{} {id} {}", event.arrival, event.number));
                    }
                } else {
                    taken.push(*event);
                }
            }
            if self.ordered {
                taken.sort_by_key(|event| event.time);
            }
            let taken: Vec<_> = taken.into_iter().enumerate().collect();
            let when = |target: i128| {
                let carried = of_key
                    .iter()
                    .filter_map(|event| Some(event.arrival + (target - self.candidate(event)?).max(0)));
                carried.min().map_or(end, |when| when.min(end))
            };
            let mut windows = self.windows(&taken);
            windows.sort_by_key(|window| (when(window.target), window.close, window.id));
            for Closed { id, open, close, target, held, merged } in windows {
                let now = when(target);
                let ranked =
                    || taken.iter().map(|(_, event)| event).filter(|event| held.list.contains(&event.number));
                let max = ranked().map(|event| event.rank).max();
                let min = ranked().map(|event| event.rank).min();
                let first =
                    |rank| ranked().find(|event| Some(event.rank) == rank).unwrap().number.to_string();
                let down = [
                    format!("{:?}", held.list),
                    held.folded.clone(),
                    held.reduced.clone(),
                    held.list.len().to_string(),
                    first(max),
                    first(min),
                ];
                for (port, value) in DOWN.into_iter().zip(down) {
                    rows.add(port, key, format!("{now} {id} {value}"));
                }
                for port in META {
                    rows.add(port, key, format!("{now} {id} {open}..{close} {merged:?}"));
                }
            }
        }

        fn start(&self) -> SimulatedTime {
            SimulatedTime::starting_at(instant(self.events.first().map_or(0, |event| event.arrival)))
        }

        /// All operators over the same items.
        fn run<W>(&self, way: Way, windower: &W) -> Rows
        where
            W: Windower<Membership: Membership<Event>> + Clone,
        {
            let time = self.start();
            let rows = Rows::default();
            let events = self.events.iter().map(|event| (instant(event.arrival), event.clone()));
            let wait = self.wait.map_or(TimeDelta::MAX, nanoseconds);
            let down = |port, (key, (id, value)): (u8, (WindowId, String))| {
                rows.add(port, key, format!("{} {id} {value}", of(time.time())));
            };
            let late = |port, (key, (id, event)): (u8, (WindowId, Event))| {
                down(port, (key, (id, event.number.to_string())));
            };
            let meta = |port, (key, (id, meta)): (u8, (WindowId, WindowMetadata))| {
                let bounds = format!("{}..{}", of(meta.open_time), of(meta.close_time));
                down(port, (key, (id, format!("{bounds} {:?}", meta.merged_ids))));
            };
            let flow = dataflow! {
                let items = input(TimedSource::new(events));
                let keyed = items.key_on(|event| event.key);
                let lists = keyed.collect_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    ordered = self.ordered,
                );
                lists.down
                    .map_value(|(id, list)| {
                        let numbers: Vec<_> = list.iter().map(|event| event.number).collect();
                        (id, format!("{numbers:?}"))
                    })
                    .output(|row| down(DOWN[0], row));
                lists.late.output(|row| late(LATE[0], row));
                lists.meta.output(|row| meta(META[0], row));
                let folds = keyed.fold_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    builder = || "*".to_owned(),
                    folder = |text, event| format!("{text}{}.", event.number),
                    merger = |target, absorbed| format!("({target}+{absorbed})"),
                    ordered = self.ordered,
                );
                folds.down.output(|row| down(DOWN[1], row));
                folds.late.output(|row| late(LATE[1], row));
                folds.meta.output(|row| meta(META[1], row));
                let reduced = keyed.reduce_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    reducer = |one, other| Event { text: format!("<{} {}>", one.text, other.text), ..one },
                    ordered = self.ordered,
                );
                reduced.down.map_value(|(id, event)| (id, event.text)).output(|row| down(DOWN[2], row));
                reduced.late.output(|row| late(LATE[2], row));
                reduced.meta.output(|row| meta(META[2], row));
                let counts = keyed.count_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    ordered = self.ordered,
                );
                counts.down.map_value(|(id, count)| (id, count.to_string())).output(|row| down(DOWN[3], row));
                counts.late.output(|row| late(LATE[3], row));
                counts.meta.output(|row| meta(META[3], row));
                let greatest = keyed.max_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    by = |event| event.rank,
                    ordered = self.ordered,
                );
                greatest.down.map_value(|(id, event)| (id, event.number.to_string())).output(|row| down(DOWN[4], row));
                greatest.late.output(|row| late(LATE[4], row));
                greatest.meta.output(|row| meta(META[4], row));
                let least = keyed.min_window(
                    clock = EventClock(|event| instant(event.time), wait_for_system_duration = wait),
                    windower = windower.clone(),
                    by = |event| f64::from(event.rank),
                    ordered = self.ordered,
                );
                least.down.map_value(|(id, event)| (id, event.number.to_string())).output(|row| down(DOWN[5], row));
                least.late.output(|row| late(LATE[5], row));
                least.meta.output(|row| meta(META[5], row));
            };
            run(way, flow, &time, self.most_polls());
            rows
        }

        /// One for each item, for when it has waited, and for each of its windows; and some for the ends.
        fn most_polls(&self) -> usize {
            let windows = match self.kind {
                Kind::Sliding { length, offset, .. } => usize::try_from(length / offset).unwrap() + 1,
                Kind::Session { .. } => 1,
            };
            self.events.len() * (3 + windows) + 3
        }

        fn model(&self) -> Rows {
            let keys: BTreeSet<_> = self.events.iter().map(|event| event.key).collect();
            let expected = Rows::default();
            for key in keys {
                self.model_of(key, &expected);
            }
            expected
        }

        fn got(&self, way: Way) -> Rows {
            match self.kind {
                Kind::Sliding { length, offset, align_to } => {
                    let (length, offset) = (nanoseconds(length), nanoseconds(offset));
                    self.run(way, &SlidingWindower::new(length, offset, instant(align_to)))
                }
                Kind::Session { gap } => self.run(way, &SessionWindower::new(nanoseconds(gap))),
            }
        }

        fn check(&self) {
            let expected = self.model();
            every_way(|way| assert_eq!(self.got(way).0, expected.0, "{way:?}"));
        }
    }

    const DOWN: [&str; 6] =
        ["collect.down", "fold.down", "reduce.down", "count.down", "max.down", "min.down"];
    const LATE: [&str; 6] =
        ["collect.late", "fold.late", "reduce.late", "count.late", "max.late", "min.late"];
    const META: [&str; 6] =
        ["collect.meta", "fold.meta", "reduce.meta", "count.meta", "max.meta", "min.meta"];

    /// Also where that is more than fits into an `i64`.
    fn nanoseconds(length: i128) -> TimeDelta {
        TimeDelta::seconds(i64::try_from(length / SECOND).unwrap())
            + TimeDelta::nanoseconds(i64::try_from(length % SECOND).unwrap())
    }

    /// Items from pauses, times, keys and ranks, in units.
    fn events(
        rows: Vec<(i128, i128, u8, u8)>,
        start: i128,
        unit: i128,
        time: impl Fn(i128, i128) -> i128,
    ) -> Vec<Event> {
        let mut arrival = start;
        let rows = rows.into_iter().enumerate();
        rows.map(|(number, (pause, ahead, key, rank))| {
            arrival += pause * unit;
            let time = time(arrival, ahead * unit);
            Event { number, key, arrival, time, rank, text: number.to_string() }
        })
        .collect()
    }

    fn waits(most: i128) -> impl Strategy<Value = Option<i128>> {
        prop_oneof![3 => (0..most).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)]
    }

    /// A few seconds, or a few nanoseconds, somewhere within 250 years of 1970; the system's time is
    /// somewhere else.
    fn near(is_session: bool) -> impl Strategy<Value = Scenario> {
        let event = (prop_oneof![2 => Just(0), 3 => 1..8_i128], -15..25_i128, 0..3_u8, 0..4_u8);
        let unit = prop_oneof![Just(1), Just(SECOND), Just(3600 * SECOND)];
        let times = (-249 * YEAR..249 * YEAR, -249 * YEAR..249 * YEAR, -40..40_i128, any::<bool>());
        let lengths = (1..16_i128).prop_flat_map(|length| (Just(length), 1..=length));
        (prop::collection::vec(event, 0..24), unit, lengths, waits(25), times, any::<bool>()).prop_map(
            move |(
                rows,
                unit,
                (length, offset),
                wait,
                (event_time, system_time, align_to, in_step),
                ordered,
            )| {
                let time = |arrival, ahead| {
                    // Else an item's time has nothing to do with when it comes.
                    if in_step { event_time + arrival - system_time + ahead } else { event_time + ahead }
                };
                let kind = if is_session {
                    // Short enough for several sessions, which merge.
                    Kind::Session { gap: (offset.min(5) - 1) * unit }
                } else {
                    let align_to = event_time + align_to * unit;
                    Kind::Sliding { length: length * unit, offset: offset * unit, align_to }
                };
                let events = events(rows, system_time, unit, time);
                Scenario { events, kind, wait: wait.map(|wait| wait * unit), ordered }
            },
        )
    }

    /// Windows, waits and pauses of many years.
    fn far(is_session: bool) -> impl Strategy<Value = Scenario> {
        let event = (prop_oneof![2 => Just(0), 2 => 1..15_i128], -250..100_i128, 0..3_u8, 0..4_u8);
        let lengths = (1..40_i128).prop_flat_map(|length| (Just(length), 1..=length));
        let gap = prop_oneof![3 => 0..40_i128, 1 => 200..1_000_i128];
        (prop::collection::vec(event, 0..12), lengths, gap, -250..250_i128, waits(290), any::<bool>())
            .prop_map(move |(rows, (length, offset), gap, align_to, wait, ordered)| {
                let kind = if is_session {
                    Kind::Session { gap: gap * YEAR }
                } else {
                    Kind::Sliding { length: length * YEAR, offset: offset * YEAR, align_to: align_to * YEAR }
                };
                let events = events(rows, -250 * YEAR, YEAR, |_, ahead| ahead);
                Scenario { events, kind, wait: wait.map(|wait| wait * YEAR), ordered }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn sliding_windows(scenario in near(false)) {
            scenario.check();
        }

        #[test]
        fn sliding_windows_of_many_years(scenario in far(false)) {
            scenario.check();
        }

        #[test]
        fn sessions(scenario in near(true)) {
            scenario.check();
        }

        #[test]
        fn sessions_of_many_years(scenario in far(true)) {
            scenario.check();
        }

        /// Under a system clock an item's time is when it comes, and no item is late.
        #[test]
        fn windows_by_the_system_clock(mut scenario in any::<bool>().prop_flat_map(near)) {
            scenario.wait = Some(0);
            for event in &mut scenario.events {
                event.time = event.arrival;
            }
            if let Kind::Sliding { align_to, .. } = &mut scenario.kind {
                *align_to = scenario.events.first().map_or(0, |event| event.arrival);
            }
            let mut expected = scenario.model().0.into_inner();
            expected.retain(|(port, _), _| *port == "collect.down");
            every_way(|way| {
                let got = match scenario.kind {
                    Kind::Sliding { length, offset, align_to } => {
                        let (length, offset) = (nanoseconds(length), nanoseconds(offset));
                        scenario.by_system_clock(way, SlidingWindower::new(length, offset, instant(align_to)))
                    }
                    Kind::Session { gap } => scenario.by_system_clock(way, SessionWindower::new(nanoseconds(gap))),
                };
                assert_eq!(*got.0.borrow(), expected, "{way:?}");
            });
        }
    }

    impl Scenario {
        /// Lists by the system clock, and whatever is late.
        fn by_system_clock<W>(&self, way: Way, windower: W) -> Rows
        where
            W: Windower<Membership: Membership<Event>>,
        {
            let time = self.start();
            let rows = Rows::default();
            let events = self.events.iter().map(|event| (instant(event.arrival), event.clone()));
            let flow = dataflow! {
                let items = input(TimedSource::new(events));
                let keyed = items.key_on(|event| event.key);
                let lists = keyed.collect_window(
                    clock = SystemClock(),
                    windower = windower,
                    ordered = self.ordered,
                );
                lists.down.output(|(key, (id, list))| {
                    let numbers: Vec<_> = list.iter().map(|event| event.number).collect();
                    rows.add("collect.down", key, format!("{} {id} {numbers:?}", of(time.time())));
                });
                lists.late.output(|(key, (id, event))| rows.add("late", key, format!("{id} {event:?}")));
            };
            run(way, flow, &time, self.most_polls());
            rows
        }
    }
}

/// What a windower refuses, and what leads out of the range of time.
mod limits {
    use super::*;

    const YEAR: TimeDelta = TimeDelta::days(365);

    fn year(year: i32) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + YEAR * (year - 1970)
    }

    /// Counts items of the given times.
    fn run<W: Windower<Membership: Membership<DateTime<Utc>>>>(
        times: &[DateTime<Utc>],
        windower: W,
    ) -> Result<Vec<(WindowId, u64)>, String> {
        let mut counts = Vec::new();
        let flow = dataflow! {
            let times = input(TestingSource::new(times.iter().copied()));
            let keyed = times.key_on(|_| "ALL");
            let counted = keyed.count_window(
                clock = EventClock(|time| *time, wait_for_system_duration = TimeDelta::MAX),
                windower = windower,
            );
            counted.down.output(|(_, count)| counts.push(count));
        };
        let outcome = flow.run_in(StillTime::default());
        outcome.map(|_| counts).map_err(|error| error.to_string())
    }

    fn sliding(length: TimeDelta, offset: TimeDelta) -> SlidingWindower {
        SlidingWindower::new(length, offset, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn lengths_that_cannot_be() {
        let (one, two) = (TimeDelta::seconds(1), TimeDelta::seconds(2));
        let cases = [
            (sliding(TimeDelta::zero(), one), "`length` must be more than zero"),
            (sliding(one, TimeDelta::zero()), "`offset` must be more than zero"),
            (sliding(one, -one), "`offset` must be more than zero"),
            (sliding(one, two), "`offset` must not be longer than `length`"),
            (sliding(TimeDelta::MAX, one), "`length` is too long"),
            (sliding(TimeDelta::MAX, TimeDelta::MAX), "`length` is too long"),
            (sliding(one, TimeDelta::MAX), "`offset` is too long"),
            (SlidingWindower::new(two, one, DateTime::<Utc>::MAX_UTC), "`align_to`: "),
        ];
        for (windower, expected) in cases {
            let error = run(&[], windower).unwrap_err();
            assert!(error.contains("step `counted`: cannot start: ") && error.contains(expected), "{error}");
        }
    }

    #[test]
    fn gaps_that_cannot_be() {
        let error = run(&[], SessionWindower::new(TimeDelta::nanoseconds(-1))).unwrap_err();
        assert!(error.ends_with("cannot start: `gap` must not be negative"), "{error}");
    }

    #[test]
    fn windows_that_leave_the_range_of_time() {
        let cases = [
            (year(2240), sliding(YEAR * 100, YEAR)),
            (year(1700), sliding(YEAR * 100, YEAR)),
            (year(1700), sliding(YEAR * 250, YEAR * 250)),
        ];
        for (time, windower) in cases {
            let error = run(&[time], windower).unwrap_err();
            let expected = format!("step `counted`: the timestamp {time} leads out of the range of time");
            assert!(error.contains(&expected), "{error}");
        }
        assert_eq!(run(&[year(2240)], sliding(YEAR * 290, YEAR * 290)), Ok(vec![(0, 1)]));
    }

    #[test]
    fn sessions_near_the_ends_of_time() {
        let times = [year(1720), year(2219)];
        let gaps = [TimeDelta::zero(), YEAR * 498, YEAR * 499, YEAR * 1_000, TimeDelta::MAX];
        let apart = vec![(0, 1), (1, 1)];
        let expected = [apart.clone(), apart, vec![(0, 2)], vec![(0, 2)], vec![(0, 2)]];
        for (gap, expected) in gaps.into_iter().zip(expected) {
            assert_eq!(run(&times, SessionWindower::new(gap)), Ok(expected), "{gap}");
        }
    }

    /// Many windows for each item, and an id that fits into no `i64` is the last of them.
    #[test]
    fn ids_near_the_ends_of_numbers() {
        let windower = SlidingWindower::new(TimeDelta::nanoseconds(3), TimeDelta::nanoseconds(1), year(1700));
        assert!(run(&[year(1990)], windower).is_ok());
        let error = run(&[year(2000)], windower).unwrap_err();
        assert!(error.contains("leads out of the range of time"), "{error}");
    }
}
