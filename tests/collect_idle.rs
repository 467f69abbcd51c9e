//! Lists that go by their last item: scenarios measured on Bytewax 0.21.1, and random ones against a naive model.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::TimeDelta;
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

const TENTH: i128 = 100_000_000;

/// A key and a number, at so many tenths of a second.
type Arrival = (i128, (&'static str, u32));

/// Lists with their keys, and when they came.
type Lists = Vec<(&'static str, (i128, Vec<u32>))>;

/// Collects with an idle timeout, and with a timeout where there is one, in tenths of a second.
fn collected(way: Way, arrivals: &[Arrival], idle: i64, timeout: Option<i64>, max_size: usize) -> Lists {
    let time = SimulatedTime::starting_at(instant(0));
    let clock = time.clone();
    let sink = CollectingSink::new();
    let lists = sink.collected();
    let timed = TimedSource::new(arrivals.iter().map(|(tenth, pair)| (instant(tenth * TENTH), *pair)));
    let stamp = move |list: Vec<u32>| (i128::from(clock.time().timestamp_nanos_opt().unwrap()) / TENTH, list);
    let idle = TimeDelta::milliseconds(idle * 100);
    let most_polls = 3 * arrivals.len() + 3;
    match timeout.map(|timeout| TimeDelta::milliseconds(timeout * 100)) {
        Some(timeout) => {
            let flow = dataflow! {
                let pairs = input(timed);
                let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| value);
                let lists = values.collect(timeout = timeout, max_size = max_size, idle_timeout = idle);
                lists.map_value(|list| stamp(list.into_vec())).output(sink);
            };
            run(way, flow, &time, most_polls);
        }
        None => {
            let flow = dataflow! {
                let pairs = input(timed);
                let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| value);
                let lists = values.collect(idle_timeout = idle, max_size = max_size);
                lists.map_value(|list| stamp(list.into_vec())).output(sink);
            };
            run(way, flow, &time, most_polls);
        }
    }
    lists.take()
}

fn lists(arrivals: &[Arrival], idle: i64, expected: &[(&'static str, (i128, Vec<u32>))]) {
    every_way(|way| way.compare(&collected(way, arrivals, idle, None, 100), expected));
}

/// The first three stay together, because each restarts the timeout.
#[test]
fn collect_5() {
    let arrivals = [(0, ("a", 1)), (3, ("a", 2)), (6, ("a", 3)), (16, ("a", 4))];
    lists(&arrivals, 5, &[("a", (11, vec![1, 2, 3])), ("a", (16, vec![4]))]);
}

/// Both due at once: there in key order, here in that in which the lists were begun.
#[test]
fn collect_6() {
    let arrivals = [(0, ("b", 1)), (0, ("a", 2)), (8, ("c", 3))];
    lists(&arrivals, 4, &[("b", (4, vec![1])), ("a", (4, vec![2])), ("c", (8, vec![3]))]);
}

/// Sizes and lengths of nothing are refused when they are no literals, by their names.
#[test]
fn nothing_is_refused() {
    for (timeout, idle, max_size, name) in [
        (0, 1, 1, "`timeout`"),
        (1, 0, 1, "`idle_timeout`"),
        (1, -1, 1, "`idle_timeout`"),
        (1, 1, 0, "`max_size`"),
    ] {
        let (timeout, idle) = (TimeDelta::seconds(timeout), TimeDelta::seconds(idle));
        let flow = dataflow! {
            let numbers = input(TestingSource::new([1]));
            let lists = numbers.key_on(|_| "ALL").collect(timeout, max_size, idle_timeout = idle);
            lists.output(|list| panic!("{list:?}"));
        };
        let error = flow.run_in(SimulatedTime::starting_at(instant(0))).unwrap_err().to_string();
        assert!(error.contains("step `lists`: cannot start") && error.contains(name), "{error}");
    }
}

/// Looks from each item to the next of its key: the first reason for which a list cannot go on ends it.
fn model(arrivals: &[Arrival], idle: i64, timeout: Option<i64>, max_size: usize) -> Lists {
    let end = arrivals.last().map_or(0, |(tenth, _)| *tenth);
    let mut ended = Vec::new();
    for key in ["a", "b", "c"] {
        let of_key = arrivals.iter().enumerate().filter(|(_, (_, (other, _)))| *other == key);
        let mut rest: Vec<_> = of_key.map(|(place, (tenth, (_, value)))| (place, *tenth, *value)).collect();
        while let Some((begun, first, _)) = rest.first().copied() {
            let mut size = 1;
            let due = loop {
                let last = rest[size - 1].1;
                let due = timeout.map_or(i128::MAX, |timeout| first + i128::from(timeout));
                let due = due.min(last + i128::from(idle));
                // What comes at the due time comes before it, if nothing of another key has let it in already.
                let comes = rest.get(size).filter(|(place, next, _)| {
                    *next < due
                        || *next == due && arrivals[..*place].iter().all(|(earlier, _)| earlier < next)
                });
                if size == max_size || comes.is_none() {
                    break due;
                }
                size += 1;
            };
            let list: Vec<_> = rest.drain(..size).collect();
            let (place, last, _) = list[size - 1];
            let values = list.into_iter().map(|(_, _, value)| value).collect();
            // When, then behind which item, then full lists before those that are due, then the older ones.
            if size == max_size {
                ended.push(((last, place, 0, begun), key, values));
            } else if due <= end {
                let behind = arrivals.iter().position(|(tenth, _)| *tenth >= due).unwrap_or(arrivals.len());
                let behind = if arrivals[behind].0 > due { behind - 1 } else { behind };
                ended.push(((due, behind, 1, begun), key, values));
            } else {
                ended.push(((end, arrivals.len(), 2, begun), key, values));
            }
        }
    }
    ended.sort();
    ended.into_iter().map(|((now, ..), key, values)| (key, (now, values))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn lists_come_when_nothing_does(
        gaps in prop::collection::vec(
            (prop_oneof![2 => Just(0), 3 => 1..4_i128, 1 => 4..30_i128], prop::sample::select(vec!["a", "b", "c"])),
            0..60,
        ),
        idle in 1..8_i64,
        timeout in prop::option::of(1..12_i64),
        max_size in 1..6_usize,
    ) {
        let arrivals: Vec<Arrival> = (0..)
            .zip(gaps)
            .scan(0, |now, (value, (gap, key))| {
                *now += gap;
                Some((*now, (key, value)))
            })
            .collect();
        let expected = model(&arrivals, idle, timeout, max_size);
        every_way(|way| way.compare(&collected(way, &arrivals, idle, timeout, max_size), &expected));
    }
}
