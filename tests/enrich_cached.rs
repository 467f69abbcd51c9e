//! Look-ups that are remembered: scenarios measured on Bytewax 0.21.1, and random ones against a naive model.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::TimeDelta;
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;
use proptest::prelude::*;
use simulated::{instant, run};

const SECOND: i128 = 1_000_000_000;

/// Looks each key up at its time, in nanoseconds, with a getter that counts its calls.
fn counted(way: Way, asked: &[(i128, &'static str)], ttl: TimeDelta) -> Vec<u32> {
    let time = SimulatedTime::starting_at(instant(asked[0].0));
    let sink = CollectingSink::new();
    let answers = sink.collected();
    let mut calls = 0;
    let timed = asked.iter().map(|(nanosecond, key)| (instant(*nanosecond), *key));
    let flow = dataflow! {
        let keys = input(TimedSource::new(timed));
        let answers = keys.enrich_cached(
            getter = |_: &&str| {
                calls += 1;
                calls
            },
            mapper = |cache, key| *cache.get(&key),
            ttl = ttl,
        );
        answers.output(sink);
    };
    run(way, flow, &time, 3 * asked.len() + 3);
    answers.take()
}

#[test]
fn enrich_cached_1() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let answers = sink.collected();
        let flow = dataflow! {
            let letters = input(TestingSource::new(["a", "b", "a"]));
            let numbers = letters.enrich_cached(
                getter = |letter: &&str| match *letter {
                    "a" => 1,
                    _ => 2,
                },
                mapper = |cache, letter| (letter, *cache.get(&letter)),
            );
            numbers.output(sink);
        };
        way.start(flow, SimulatedTime::starting_at(instant(0))).run().unwrap();
        way.compare(&answers.take(), &[("a", 1), ("b", 2), ("a", 1)]);
    });
}

/// Two at a time, and forty seconds from one activation to the next.
#[test]
fn enrich_cached_2() {
    let asked = [40, 40, 80, 80, 120].map(|second| (second * SECOND, "a"));
    every_way(|way| assert_eq!(counted(way, &asked, TimeDelta::seconds(60)), [1, 1, 1, 1, 2], "{way:?}"));
}

/// An answer is too old when it is older than its time to live, and not when it is as old.
#[test]
fn ttl_cache_1() {
    let asked = [(0, "a"), (60 * SECOND, "a"), (60 * SECOND + 1_000, "a")];
    every_way(|way| assert_eq!(counted(way, &asked, TimeDelta::seconds(60)), [1, 1, 2], "{way:?}"));
}

/// In an activation it is always the same time.
#[test]
fn a_ttl_of_nothing_is_for_one_activation() {
    let asked = [(0, "a"), (0, "a"), (1, "a"), (1, "b"), (1, "a")];
    every_way(|way| assert_eq!(counted(way, &asked, TimeDelta::zero()), [1, 1, 2, 3, 2], "{way:?}"));
}

#[test]
fn before_1970_and_for_as_long_as_there_is() {
    let asked = [(i128::from(i64::MIN) + 1, "a"), (0, "a"), (i128::from(i64::MAX) - 1, "a")];
    every_way(|way| assert_eq!(counted(way, &asked, TimeDelta::MAX), [1, 1, 1], "{way:?}"));
}

/// What has been asked for anew often enough that the order of the answers is tidied up.
#[test]
fn the_oldest_answer_goes_however_often_they_were_new() {
    let often = (0..100).flat_map(|time| [(2 * time, "a"), (2 * time, "b")]);
    // The limit is two: `c` takes the place of `a`, which takes that of `b`; `c` is still there.
    let last = ["b", "c", "a", "c", "b"].map(|key| (200, key));
    let asked: Vec<_> = often.chain(last).collect();
    every_way(|way| {
        let time = SimulatedTime::starting_at(instant(0));
        let sink = CollectingSink::new();
        let answers = sink.collected();
        let mut calls = 0;
        let timed = asked.iter().map(|(second, key)| (instant(second * SECOND), *key));
        let flow = dataflow! {
            let keys = input(TimedSource::new(timed));
            let answers = keys.enrich_cached(
                getter = |_: &&str| {
                    calls += 1;
                    calls
                },
                mapper = |cache, key| *cache.get(&key),
                ttl = 1s,
                max_size = 2,
            );
            answers.output(sink);
        };
        run(way, flow, &time, 3 * asked.len());
        let expected: Vec<_> = (1..=200).chain([201, 202, 203, 202, 204]).collect();
        assert_eq!(answers.take(), expected, "{way:?}");
    });
}

#[test]
fn nothing_is_refused() {
    for (ttl, max_size, name) in [(-1, 1, "`ttl`"), (0, 0, "`max_size`")] {
        let ttl = TimeDelta::seconds(ttl);
        let flow = dataflow! {
            let numbers = input(TestingSource::new([1]));
            let answers = numbers.enrich_cached(
                getter = |number: &i32| *number,
                mapper = |cache, number| *cache.get(&number),
                ttl = ttl,
                max_size = max_size,
            );
            answers.output(|answer| panic!("{answer}"));
        };
        let error = flow.run_in(SimulatedTime::starting_at(instant(0))).unwrap_err().to_string();
        assert!(error.contains("step `answers`: cannot start") && error.contains(name), "{error}");
    }
}

/// A look-up that fails is remembered as one that does not, until it is forgotten.
#[test]
fn failures_are_the_users() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let results = sink.collected();
        let mut calls = 0;
        let flow = dataflow! {
            let letters = input(TestingSource::new(["a", "b", "a", "forget", "a"]));
            let results = letters.enrich_cached(
                getter = |letter: &&str| {
                    calls += 1;
                    if *letter == "a" && calls < 3 { Err("not there yet") } else { Ok(calls) }
                },
                mapper = |cache, letter| match letter {
                    "forget" => cache.remove(&"a").unwrap_or(Ok(0)),
                    letter => *cache.get(&letter),
                },
            );
            let parts = results.try_map(|result| result);
            let lengths = parts.err.map(str::len);
            merge(lengths, parts.ok).output(sink);
        };
        way.start(flow, SimulatedTime::starting_at(instant(0))).run().unwrap();
        assert_eq!(results.take(), [13, 2, 13, 13, 3], "{way:?}");
    });
}

mod random {
    use super::*;

    /// An answer of the model's: to what, since when, and which.
    type Answer = (u8, i128, u32);

    /// Keeps answers in the order in which they were given, and looks through all of them.
    fn model(arrivals: &[(i128, u8, bool)], ttl: i128, max_size: usize) -> Vec<u32> {
        let (mut calls, mut given) = (0, Vec::new());
        let mut answers: Vec<Answer> = Vec::new();
        for (now, key, forgets) in arrivals {
            if *forgets {
                answers.retain(|(known, ..)| known != key);
            }
            let is_fresh = |(known, since, _): &&Answer| known == key && now - since <= ttl;
            let answer = answers.iter().find(is_fresh).copied().unwrap_or_else(|| {
                calls += 1;
                answers.retain(|(known, ..)| known != key);
                answers.push((*key, *now, calls));
                if answers.len() > max_size {
                    answers.remove(0);
                }
                (*key, *now, calls)
            });
            given.push(answer.2);
        }
        given
    }

    fn cached(way: Way, arrivals: &[(i128, u8, bool)], ttl: i128, max_size: usize) -> Vec<u32> {
        let time = SimulatedTime::starting_at(instant(0));
        let sink = CollectingSink::new();
        let answers = sink.collected();
        let mut calls = 0;
        let timed =
            arrivals.iter().map(|(second, key, forgets)| (instant(second * SECOND), (*key, *forgets)));
        let ttl = TimeDelta::seconds(i64::try_from(ttl).unwrap());
        let flow = dataflow! {
            let items = input(TimedSource::new(timed));
            let answers = items.enrich_cached(
                getter = |_: &u8| {
                    calls += 1;
                    calls
                },
                mapper = |cache, (key, forgets)| {
                    if forgets {
                        cache.remove(&key);
                    }
                    *cache.get(&key)
                },
                ttl = ttl,
                max_size = max_size,
            );
            answers.output(sink);
        };
        run(way, flow, &time, 3 * arrivals.len() + 3);
        answers.take()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(800))]

        /// With so many items that the order of a small cache is tidied up now and then.
        #[test]
        fn answers_live_as_long_as_they_should(
            gaps in prop::collection::vec((prop_oneof![2 => Just(0), 1 => 1..9_i128], 0..7_u8, prop::bool::weighted(0.1)), 0..300),
            ttl in 0..12_i128,
            max_size in prop_oneof![1..9_usize, Just(usize::MAX)],
        ) {
            let arrivals: Vec<_> = gaps
                .into_iter()
                .scan(0, |now, (gap, key, forgets)| {
                    *now += gap;
                    Some((*now, key, forgets))
                })
                .collect();
            let expected = model(&arrivals, ttl, max_size);
            every_way(|way| assert_eq!(cached(way, &arrivals, ttl, max_size), expected, "{way:?}"));
        }
    }
}
