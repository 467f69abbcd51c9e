//! Sliding windows that share slices give what windows with a state each give, and sums, means and greatest values are
//! those of a naive model.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::{DateTime, TimeDelta, Utc};
use common::every_way;
use flow::operators::Summand;
use flow::prelude::*;
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

const POLLS: usize = 4_000;

fn at(second: i64) -> DateTime<Utc> {
    instant(i128::from(second) * 1_000_000_000)
}

#[derive(Clone, Copy, Debug)]
struct Event {
    arrival: i64,
    time: i64,
    key: u8,
    value: i32,
}

#[derive(Clone, Debug)]
struct Case {
    events: Vec<Event>,
    length: i64,
    offset: i64,
    align: i64,
    wait: i64,
    ordered: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let event = (prop_oneof![3 => Just(0), 2 => 0..4_i64, 1 => 0..40_i64], -15..10_i64, 0..3_u8, -9..10_i32);
    let windows = (1..24_i64).prop_flat_map(|length| (Just(length), 1..=length, -30..30_i64));
    (prop::collection::vec(event, 0..60), windows, 0..12_i64, any::<bool>()).prop_map(
        |(events, (length, offset, align), wait, ordered)| {
            let mut arrival = 0;
            let events = events.into_iter().map(|(pause, behind, key, value)| {
                arrival += pause;
                Event { arrival, time: arrival + behind, key, value }
            });
            Case { events: events.collect(), length, offset, align, wait, ordered }
        },
    )
}

impl Case {
    fn source(&self) -> TimedSource<impl Iterator<Item = (DateTime<Utc>, Event)>> {
        TimedSource::new(self.events.iter().map(|event| (at(event.arrival), *event)))
    }
}

/// What comes out of `down`, `late`, `meta` and `early`, line by line.
type Lines = [Vec<String>; 4];

/// Runs a window operator with these arguments and options, and gives what comes out.
macro_rules! lines {
    ($way:expr, $case:expr, $operator:ident($($name:ident = $value:expr),*) $(; $option:ident = $given:tt)* $(=> $early:ident)?) => {{
        let case: &Case = $case;
        let lines = RefCell::new(Lines::default());
        let add = |port: usize, line: String| lines.borrow_mut()[port].push(line);
        let flow = dataflow! {
            let items = input(case.source());
            let keyed = items.key_on(|event| event.key);
            let windows = keyed.$operator(
                clock = EventClock(|event| at(event.time), wait_for_system_duration = TimeDelta::seconds(case.wait)),
                windower = SlidingWindower(
                    length = TimeDelta::seconds(case.length),
                    offset = TimeDelta::seconds(case.offset),
                    align_to = at(case.align),
                ),
                $($name = $value,)*
                $($option = $given,)*
                ordered = case.ordered,
            );
            windows.down.output(|row| add(0, format!("{row:?}")));
            windows.late.output(|row| add(1, format!("{row:?}")));
            windows.meta.output(|row| add(2, format!("{row:?}")));
            $(windows.$early.output(|row| add(3, format!("{row:?}")));)?
        };
        run($way, flow, &SimulatedTime::starting_at(at(0)), POLLS);
        lines.into_inner()
    }};
}

/// The same fold with a state each and with slices.
macro_rules! compare {
    ($case:expr, $way:expr $(; $option:ident = $given:tt)* $(=> $early:ident)?) => {{
        let sum = |(sum, most): (i64, i32), event: Event| (sum + i64::from(event.value), most.max(event.value));
        let merge = |(sum, most): (i64, i32), (other, further): (i64, i32)| (sum + other, most.max(further));
        let apart = lines!($way, $case, fold_window(builder = || (0, i32::MIN), folder = sum, merger = merge);
            combine = false $(; $option = $given)* $(=> $early)?);
        let shared = lines!($way, $case, fold_window(builder = || (0, i32::MIN), folder = sum, merger = merge);
            combine = true $(; $option = $given)* $(=> $early)?);
        assert_eq!(apart, shared, "{:?}", $way);
    }};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn slices_give_what_windows_give(case in case()) {
        every_way(|way| compare!(&case, way));
    }

    #[test]
    fn late_only_when_windows_have_closed(case in case()) {
        every_way(|way| compare!(&case, way; late_when = window_closed));
    }

    #[test]
    fn with_bounds_and_forgotten_keys(case in case()) {
        every_way(|way| compare!(&case, way; bounds = true; forget_keys_after = 7s));
        every_way(|way| compare!(&case, way; bounds = true; forget_keys_after = 7s; late_when = window_closed));
    }

    #[test]
    fn with_early_results(case in case()) {
        every_way(|way| compare!(&case, way; early = 3; late_when = window_closed => early));
    }

    /// What does not commute stays in the order of time, where items are taken in it.
    #[test]
    fn parts_stay_in_order(case in case()) {
        let case = Case { ordered: true, ..case };
        every_way(|way| {
            let builder = Vec::new;
            let folder = |mut list: Vec<i32>, event: Event| { list.push(event.value); list };
            let merger = |mut list: Vec<i32>, other: Vec<i32>| { list.extend(other); list };
            let apart = lines!(way, &case, fold_window(builder = builder, folder = folder, merger = merger); combine = false);
            let shared = lines!(way, &case, fold_window(builder = builder, folder = folder, merger = merger); combine = true);
            assert_eq!(apart, shared, "{way:?}");
        });
    }

    /// The operators that share slices of themselves, against lists that do not.
    #[test]
    fn operators_give_what_lists_come_to(case in case()) {
        every_way(|way| {
            let lists = contents(&case, way);
            let expected = |come: fn(&[Event]) -> String| {
                lists.iter().map(|(key, id, list)| format!("({key}, ({id}, {}))", come(list))).collect::<Vec<_>>()
            };
            let [counts, ..] = lines!(way, &case, count_window());
            assert_eq!(counts, expected(|list| list.len().to_string()), "{way:?}");
            let [sums, ..] = lines!(way, &case, sum_window(of = |event| event.value));
            assert_eq!(sums, expected(|list| list.iter().map(|event| event.value).sum::<i32>().to_string()), "{way:?}");
            let [means, ..] = lines!(way, &case, mean_window(of = |event| event.value));
            let mean = |list: &[Event]| {
                let sum: i32 = list.iter().map(|event| event.value).sum();
                format!("{:?}", f64::from(sum) / f64::from(u32::try_from(list.len()).unwrap()))
            };
            assert_eq!(means, expected(mean), "{way:?}");
            let [greatest, ..] = lines!(way, &case, max_window(by = |event| event.value));
            assert_eq!(greatest, expected(|list| format!("{:?}", descending(list)[0])), "{way:?}");
            let [least, ..] = lines!(way, &case, min_window(by = |event| event.value));
            let first_least = |list: &[Event]| {
                let least = list.iter().map(|event| event.value).min().unwrap();
                format!("{:?}", list.iter().find(|event| event.value == least).unwrap())
            };
            assert_eq!(least, expected(first_least), "{way:?}");
            let [top, ..] = lines!(way, &case, top_k_window(k = 3, by = |event| event.value));
            assert_eq!(top, expected(|list| format!("{:?}", &descending(list)[..list.len().min(3)])), "{way:?}");
        });
    }
}

/// The greatest first, and of equal ones the first.
fn descending(list: &[Event]) -> Vec<Event> {
    let mut list = list.to_vec();
    list.sort_by_key(|event| std::cmp::Reverse(event.value));
    list
}

/// The windows that close, with their items in the order in which they were taken.
fn contents(case: &Case, way: common::Way) -> Vec<(u8, i64, Vec<Event>)> {
    let lists = RefCell::new(Vec::new());
    let flow = dataflow! {
        let items = input(case.source());
        let keyed = items.key_on(|event| event.key);
        let windows = keyed.collect_window(
            clock = EventClock(|event| at(event.time), wait_for_system_duration = TimeDelta::seconds(case.wait)),
            windower = SlidingWindower(
                length = TimeDelta::seconds(case.length),
                offset = TimeDelta::seconds(case.offset),
                align_to = at(case.align),
            ),
            ordered = case.ordered,
        );
        windows.down.output(|(key, (id, list))| lists.borrow_mut().push((key, id, list.into_vec())));
    };
    run(way, flow, &SimulatedTime::starting_at(at(0)), POLLS);
    lists.into_inner()
}

/// Windows of so many items.
mod counts {
    use super::*;

    #[derive(Clone, Debug)]
    struct Counted {
        case: Case,
        length: u64,
        offset: u64,
    }

    fn counted() -> impl Strategy<Value = Counted> {
        let windows = (1..9_u64).prop_flat_map(|length| (Just(length), 1..=length));
        (case(), windows).prop_map(|(case, (length, offset))| Counted { case, length, offset })
    }

    /// The items of each key that are not late, in the order in which they are taken: in the order of arrival, or in
    /// that of time. Late ones are those behind the key's watermark.
    fn taken(case: &Case) -> (BTreeMap<u8, Vec<Event>>, BTreeMap<u8, Vec<Event>>) {
        let (mut taken, mut late): (BTreeMap<u8, Vec<Event>>, BTreeMap<u8, Vec<Event>>) = Default::default();
        let mut watermarks: BTreeMap<u8, (i64, i64)> = BTreeMap::new();
        for event in &case.events {
            let own = event.time - case.wait;
            let (base, since) = watermarks.entry(event.key).or_insert((own, event.arrival));
            let passed = *base + event.arrival - *since;
            if own > passed {
                (*base, *since) = (own, event.arrival);
            }
            let list = if event.time < own.max(passed) { &mut late } else { &mut taken };
            list.entry(event.key).or_default().push(*event);
        }
        if case.ordered {
            for events in taken.values_mut() {
                events.sort_by_key(|event| event.time);
            }
        }
        (taken, late)
    }

    fn model(Counted { case, length, offset }: &Counted) -> (Vec<String>, Vec<String>) {
        let (taken, late) = taken(case);
        let mut lines = Vec::new();
        for (key, events) in &taken {
            let windows = (0..).map(|id| (id, usize::try_from(id * offset).unwrap()));
            for (id, first) in windows.take_while(|(_, first)| *first < events.len()) {
                let end = events.len().min(first + usize::try_from(*length).unwrap());
                let items = &events[first..end];
                let times = || items.iter().map(|event| event.time);
                let bounds = (at(times().min().unwrap()), at(times().max().unwrap()));
                let values: Vec<_> = items.iter().map(|event| event.value).collect();
                lines.push(format!("{key} {id} {bounds:?} {values:?}"));
            }
        }
        let late = late
            .iter()
            .flat_map(|(key, events)| events.iter().map(move |event| format!("{key} -1 {event:?}")));
        (lines, late.collect())
    }

    /// Lines of each key stay in their order.
    fn by_key(mut lines: Vec<String>) -> Vec<String> {
        lines.sort_by_key(|line| line.as_bytes()[0]);
        lines
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn windows_hold_so_many_items(counted in counted()) {
            let (expected, expected_late) = model(&counted);
            let Counted { case, length, offset } = &counted;
            every_way(|way| {
                let (down, late) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
                let flow = dataflow! {
                    let items = input(case.source());
                    let keyed = items.key_on(|event| event.key);
                    let windows = keyed.collect_window(
                        clock = EventClock(|event| at(event.time), wait_for_system_duration = TimeDelta::seconds(case.wait)),
                        windower = CountWindower(length = *length, offset = *offset),
                        bounds = true,
                        ordered = case.ordered,
                    );
                    windows.down.output(|(key, (window, list))| {
                        let bounds = (window.open_time, window.close_time);
                        let values: Vec<_> = list.iter().map(|event| event.value).collect();
                        down.borrow_mut().push(format!("{key} {} {bounds:?} {values:?}", window.id));
                    });
                    windows.late.output(|(key, (id, event))| late.borrow_mut().push(format!("{key} {id} {event:?}")));
                };
                run(way, flow, &SimulatedTime::starting_at(at(0)), POLLS);
                assert_eq!(by_key(down.into_inner()), expected, "{way:?}");
                assert_eq!(by_key(late.into_inner()), expected_late, "{way:?}");
            });
        }
    }

    /// A window closes as its last item comes, also where that is behind the watermark.
    #[test]
    fn windows_close_when_they_are_full() {
        every_way(|way| {
            let rows = [(0, 5, 'a'), (1, 9, 'b'), (2, 1, 'c'), (3, 10, 'd'), (9, 20, 'e')];
            let time = SimulatedTime::starting_at(at(0));
            let clock = time.clone();
            let mut lists = Vec::new();
            let flow = dataflow! {
                let items = input(TimedSource::new(rows.map(|(arrival, time, letter)| (at(arrival), (time, letter)))));
                let keyed = items.key_on(|_| 'k');
                let windows = keyed.collect_window(
                    clock = EventClock(|(time, _)| at(*time), wait_for_system_duration = 0s),
                    windower = CountWindower(length = 3),
                    ordered = false,
                    late_when = window_closed,
                );
                windows.down.output(|(key, (id, list))| {
                    let letters: String = list.iter().map(|(_, letter)| *letter).collect();
                    lists.push((key, (clock.time(), id, letters)));
                });
            };
            run(way, flow, &time, POLLS);
            let expected = [(at(2), 0, "abc"), (at(9), 1, "de")];
            way.compare(&lists, &expected.map(|(time, id, letters)| ('k', (time, id, letters.to_owned()))));
        });
    }
}

/// Sums of the greatest numbers neither wrap nor panic.
#[test]
fn sums_are_wider_than_numbers() {
    let (mut least, mut most, mut means) = (Vec::new(), Vec::new(), Vec::new());
    let flow = dataflow! {
        let items = input(TestingSource::new([1, 2, 3]));
        let keyed = items.key_on(|_| 'k');
        let signed = keyed.sum_window(
            clock = SystemClock(),
            windower = CountWindower(length = 3),
            of = |_| i64::MIN,
        );
        signed.down.output(|(_, row)| least.push(row));
        let unsigned = keyed.sum_window(
            clock = SystemClock(),
            windower = SlidingWindower(length = 1h, offset = 1h, align_to = at(0)),
            of = |_| u64::MAX,
        );
        unsigned.down.output(|(_, (_, sum))| most.push(sum));
        let mean = keyed.mean_window(
            clock = SystemClock(),
            windower = CountWindower(length = 2),
            of = |_| i64::MAX,
        );
        mean.down.output(|(_, row)| means.push(row));
    };
    flow.run_in(SimulatedTime::starting_at(at(0))).unwrap();
    assert_eq!(least, [(0, -27_670_116_110_564_327_424_i128)]);
    assert_eq!(most, [55_340_232_221_128_654_845_u128]);
    assert_eq!(means, [(0, 9_223_372_036_854_775_807.0), (1, 9_223_372_036_854_775_807.0)]);
}

/// Floats that have left a window have left its sum, with all that they swallowed. Of what can be subtracted exactly
/// nothing is added up twice.
#[test]
fn what_has_left_a_window_has_left_its_sum() {
    const NUMBERS: [f64; 9] = [1.0, 1e300, 1.0, f64::INFINITY, 2.0, f64::NAN, 0.5, 0.25, 4.0];
    let (mut sums, mut means, mut tallies) = (Vec::new(), Vec::new(), Vec::new());
    let flow = dataflow! {
        let items = input(TestingSource::new((0..9).zip(NUMBERS)));
        let keyed = items.key_on(|_| 'k');
        let sum = keyed.sum_window(
            clock = EventClock(|(second, _)| at(*second), wait_for_system_duration = 0s),
            windower = SlidingWindower(length = 2s, offset = 1s, align_to = at(0)),
            of = |(_, number)| *number,
        );
        sum.down.output(|(_, (_, sum))| sums.push(sum));
        let mean = keyed.mean_window(
            clock = EventClock(|(second, _)| at(*second), wait_for_system_duration = 0s),
            windower = SlidingWindower(length = 2s, offset = 1s, align_to = at(0)),
            of = |(_, number)| *number,
        );
        mean.down.output(|(_, (_, mean))| means.push(mean));
        let tally = keyed.sum_window(
            clock = EventClock(|(second, _)| at(*second), wait_for_system_duration = 0s),
            windower = SlidingWindower(length = 3s, offset = 1s, align_to = at(0)),
            of = |_| Tally,
        );
        tally.down.output(|(_, (_, tally))| tallies.push(tally));
    };
    flow.run_in(SimulatedTime::starting_at(at(0))).unwrap();
    let pair = |place: usize| NUMBERS[place] + NUMBERS[place + 1];
    let expected: Vec<f64> = [1.0].into_iter().chain((0..8).map(pair)).chain([4.0]).collect();
    // Written out, one that is not a number equals another.
    assert_eq!(format!("{sums:?}"), format!("{expected:?}"));
    let halves: Vec<f64> =
        [1.0].into_iter().chain((0..8).map(|place| pair(place) / 2.0)).chain([4.0]).collect();
    assert_eq!(format!("{means:?}"), format!("{halves:?}"));
    // Eleven windows hold up to three of nine items. Each comes once, and leaves once unless its window is the last.
    let inside: Vec<u32> = tallies.iter().map(|tally| tally.items).collect();
    assert_eq!(inside, [1, 2, 3, 3, 3, 3, 3, 3, 3, 2, 1]);
    assert_eq!(tallies[8].changes, 9 + 6);
}

/// Says 1 of everything.
struct Tally;

/// How many items there are, and how often some came or left.
#[derive(Clone, Debug, Default)]
struct Tallied {
    items: u32,
    changes: u32,
}

impl AddAssign for Tallied {
    fn add_assign(&mut self, other: Self) {
        self.items += other.items;
        self.changes += other.changes;
    }
}

impl Summand for Tally {
    type Sum = Tallied;

    const INVERTIBLE: bool = true;

    fn widen(self) -> Tallied {
        Tallied { items: 1, changes: 1 }
    }

    fn subtract(sum: &mut Tallied, part: Tallied) {
        sum.items -= part.items;
        sum.changes += part.changes;
    }
}

/// What is refused when the flow starts.
#[test]
fn numbers_that_cannot_be() {
    fn refused(length: u64, offset: u64, k: usize) -> String {
        let flow = dataflow! {
            let items = input(TestingSource::new([1, 2, 3]));
            let keyed = items.key_on(|_| 'k');
            let top = keyed.top_k_window(
                clock = SystemClock(),
                windower = CountWindower(length = length, offset = offset),
                k = k,
                by = |number| *number,
            );
            top.down.output(|_| {});
        };
        flow.run_in(SimulatedTime::starting_at(at(0))).unwrap_err().to_string()
    }
    for (length, offset, k, why) in [
        (0, 1, 1, "`length` must be at least 1"),
        (3, 0, 1, "`offset` must be at least 1"),
        (3, 4, 1, "`offset` must not be more than `length`"),
        (3, 3, 0, "`k` must be at least 1"),
    ] {
        let error = refused(length, offset, k);
        assert!(error.contains(why), "{error}");
    }
}
