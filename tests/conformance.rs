//! Scenarios measured on Bytewax 0.21.1: what goes in, and what must come out. Each test is one of them.
//!
//! Bytewax calls keys that are due at once in the order of their bytes, we in the order in which their
//! states were created; what it takes together it sorts by key, and we never do. Where a scenario
//! expects anything else than what was measured, the test says why.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "blocks are written as their users write them"
)]

mod common;

use std::task::Waker;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;

/// So many seconds into 2022.
fn at(seconds: f64) -> DateTime<Utc> {
    let start = DateTime::from_timestamp(1_640_995_200, 0).unwrap();
    let length = TimeDelta::from_std(Duration::from_secs_f64(seconds.abs())).unwrap();
    if seconds < 0.0 { start - length } else { start + length }
}

fn still() -> SimulatedTime {
    SimulatedTime::starting_at(at(0.0))
}

/// Runs a block in every way; gives what `output(sink)` gets each time to the check.
macro_rules! scenario {
    (|$way:ident, $sink:ident| $flow:expr, |$got:ident| $check:expr) => {
        every_way(|$way| {
            let $sink = CollectingSink::new();
            let collected = $sink.collected();
            $way.start($flow, still()).run().unwrap();
            let $got = collected.take();
            $check
        })
    };
}

mod stateless {
    use super::*;

    #[test]
    fn map_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([0, 1, 2]));
                numbers.map(|x| x + 1).output(sink);
            },
            |got| assert_eq!(got, [1, 2, 3], "{way:?}")
        );
    }

    #[test]
    fn filter_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([1, 2, 3]));
                numbers.filter(|x| x % 2 != 0).output(sink);
            },
            |got| assert_eq!(got, [1, 3], "{way:?}")
        );
    }

    #[test]
    fn filter_map_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([0, 1, 2, 3, 4, 5]));
                numbers.filter_map(|x| (x % 2 == 0).then_some(x + 1)).output(sink);
            },
            |got| assert_eq!(got, [1, 3, 5], "{way:?}")
        );
    }

    #[test]
    fn flat_map_1() {
        scenario!(
            |way, sink| dataflow! {
                let lines = input(TestingSource::new(["split this"]));
                lines.flat_map(|line| line.split_whitespace()).output(sink);
            },
            |got| assert_eq!(got, ["split", "this"], "{way:?}")
        );
    }

    #[test]
    fn flatten_1() {
        scenario!(
            |way, sink| dataflow! {
                let lists = input(TestingSource::new([vec![1, 2], vec![], vec![3]]));
                lists.flatten().output(sink);
            },
            |got| assert_eq!(got, [1, 2, 3], "{way:?}")
        );
    }

    #[test]
    fn key_on_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([1, 2, 3]));
                numbers.key_on(|x| x.to_string()).output(sink);
            },
            |got| assert_eq!(got, [("1".to_owned(), 1), ("2".to_owned(), 2), ("3".to_owned(), 3)], "{way:?}")
        );
    }

    #[test]
    fn branch_1() {
        every_way(|way| {
            let (trues, falses) = (CollectingSink::new(), CollectingSink::new());
            let collected = (trues.collected(), falses.collected());
            let flow = dataflow! {
                let numbers = input(TestingSource::new([1, 2, 3]));
                let parts = numbers.branch(|x| x % 2 != 0);
                parts.trues.output(trues);
                parts.falses.output(falses);
            };
            way.start(flow, still()).run().unwrap();
            assert_eq!(collected.0.take(), [1, 3], "{way:?}");
            assert_eq!(collected.1.take(), [2], "{way:?}");
        });
    }

    /// Sources that give one item at a time take turns, in the order in which they are written.
    #[test]
    fn merge_1() {
        scenario!(
            |way, sink| dataflow! {
                let up1 = input(TestingSource::new([1, 3, 5]).batch_size(1));
                let up2 = input(TestingSource::new([2, 4, 6]).batch_size(1));
                let up3 = input(TestingSource::new([100, 200, 300]).batch_size(1));
                merge(up1, up2, up3).output(sink);
            },
            |got| assert_eq!(got, [1, 2, 100, 3, 4, 200, 5, 6, 300], "{way:?}")
        );
    }

    #[test]
    fn merge_2() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([1, 2]));
                merge(numbers, numbers).output(sink);
            },
            |got| assert_eq!(got, [1, 1, 2, 2], "{way:?}")
        );
    }
}

mod stateful_map {
    use super::*;

    #[test]
    fn stateful_map_2() {
        scenario!(
            |way, sink| dataflow! {
                let pairs = input(TestingSource::new([("a", 1), ("a", 2), ("a", 5), ("a", 1)]));
                let keyed = pairs.key_on(|(key, _)| *key);
                let values = keyed.map_value(|(_, value)| value);
                let sums = values.stateful_map(|sum, value| {
                    let sum = sum.unwrap_or(0) + value;
                    ((sum < 3).then_some(sum), sum)
                });
                sums.output(sink);
            },
            |got| way.compare(&got, &[("a", 1), ("a", 3), ("a", 5), ("a", 1)])
        );
    }

    fn running_sums(pairs: &[(&'static str, i32)], expected: &[(&'static str, i32)]) {
        scenario!(
            |way, sink| dataflow! {
                let pairs = input(TestingSource::new(pairs.iter().copied()));
                let keyed = pairs.key_on(|(key, _)| *key);
                let values = keyed.map_value(|(_, value)| value);
                let sums = values.stateful_map(|sum, value| {
                    let sum = sum.unwrap_or(0) + value;
                    (Some(sum), sum)
                });
                sums.output(sink);
            },
            |got| way.compare(&got, expected)
        );
    }

    /// There a batch of seven comes out sorted by key; here no batch changes anything.
    #[test]
    fn stateful_map_3_and_4() {
        let input = [("b", 1), ("a", 2), ("é", 0), ("B", 3), ("b", 4), ("a", 5), ("", 6)];
        let expected = [("b", 1), ("a", 2), ("é", 0), ("B", 3), ("b", 5), ("a", 7), ("", 6)];
        running_sums(&input, &expected);
    }
}

mod stateful_flat_map {
    use super::*;

    #[test]
    fn stateful_flat_map_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([2, 5, 8, 1, 3]));
                let keyed = numbers.key_on(|_| "ALL");
                let rises = keyed.stateful_flat_map(|last, number| {
                    let rises = last.is_none_or(|last| number > last);
                    (Some(number), rises.then_some(number))
                });
                rises.output(sink);
            },
            |got| assert_eq!(got, [("ALL", 2), ("ALL", 5), ("ALL", 8), ("ALL", 3)], "{way:?}")
        );
    }
}

/// At end of input there in key order, here in that in which the keys first came.
mod finals {
    use super::*;

    #[test]
    fn fold_final_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([1, 4, 2, 9, 4, 3]));
                let keyed = numbers.key_on(|_| "ALL");
                keyed.fold_final(builder = || 0, folder = |most, number| number.max(most)).output(sink);
            },
            |got| assert_eq!(got, [("ALL", 9)], "{way:?}")
        );
    }

    #[test]
    fn reduce_final_1() {
        scenario!(
            |way, sink| dataflow! {
                let numbers = input(TestingSource::new([1, 4, 2, 9, 4, 3]));
                let keyed = numbers.key_on(|_| "ALL");
                keyed.reduce_final(Ord::max).output(sink);
            },
            |got| assert_eq!(got, [("ALL", 9)], "{way:?}")
        );
    }

    fn counted(letters: &[&'static str], expected: &[(&'static str, u64)]) {
        scenario!(
            |way, sink| dataflow! {
                let letters = input(TestingSource::new(letters.iter().copied()));
                letters.count_final(key = |letter| letter).output(sink);
            },
            |got| way.compare(&got, expected)
        );
    }

    #[test]
    fn count_final_1_and_2() {
        counted(&["a", "a", "b", "c", "b", "a"], &[("a", 3), ("b", 2), ("c", 1)]);
        counted(&["z", "y", "x", "z", "B"], &[("z", 2), ("y", 1), ("x", 1), ("B", 1)]);
    }

    const TIES: [(&str, i32); 4] = [("x", 2), ("y", 2), ("z", 1), ("w", 1)];

    #[test]
    fn max_final_1() {
        scenario!(
            |way, sink| dataflow! {
                let pairs = input(TestingSource::new(TIES));
                let keyed = pairs.key_on(|_| "a");
                keyed.max_final(by = |(_, number)| *number).output(sink);
            },
            |got| assert_eq!(got, [("a", ("x", 2))], "{way:?}")
        );
    }

    #[test]
    fn min_final_1() {
        scenario!(
            |way, sink| dataflow! {
                let pairs = input(TestingSource::new(TIES));
                let keyed = pairs.key_on(|_| "a");
                keyed.min_final(by = |(_, number)| *number).output(sink);
            },
            |got| assert_eq!(got, [("a", ("z", 1))], "{way:?}")
        );
    }
}

mod collect {
    use super::*;

    /// Items with their times, in seconds; an item that is none only lets time pass.
    type Timed<'a> = &'a [(f64, Option<(&'static str, i32)>)];

    fn collected(timeout: f64, max_size: usize, input: Timed, expected: &[(&'static str, Vec<i32>)]) {
        let timeout = at(timeout) - at(0.0);
        scenario!(
            |way, sink| dataflow! {
                let timed = input(TimedSource::new(input.iter().map(|(second, pair)| (at(*second), *pair))));
                let pairs = timed.flatten();
                let keyed = pairs.key_on(|(key, _)| *key);
                let values = keyed.map_value(|(_, value)| value);
                let lists = values.collect(timeout = timeout, max_size = max_size);
                lists.map_value(|list| list.into_vec()).output(sink);
            },
            |got| way.compare(&got, expected)
        );
    }

    #[test]
    fn collect_1() {
        let input: Vec<_> = (0..10).map(|number| (0.0, Some(("ALL", number)))).collect();
        let expected =
            [("ALL", vec![0, 1, 2]), ("ALL", vec![3, 4, 5]), ("ALL", vec![6, 7, 8]), ("ALL", vec![9])];
        collected(10.0, 3, &input, &expected);
    }

    /// At end of input there in key order, here in that in which the lists were begun.
    #[test]
    fn collect_3() {
        let input = [("b", 1), ("a", 2), ("c", 3), ("b", 4)].map(|pair| (0.0, Some(pair)));
        collected(10.0, 10, &input, &[("b", vec![1, 4]), ("a", vec![2]), ("c", vec![3])]);
    }

    /// There as good as one, here refused: a list has at least one item.
    #[test]
    fn collect_4() {
        every_way(|way| {
            let max_size = 0;
            let flow = dataflow! {
                let pairs = input(TestingSource::new([("a", 1), ("a", 2)]));
                let keyed = pairs.key_on(|(key, _)| *key);
                let lists = keyed.collect(timeout = 10s, max_size = max_size);
                lists.output(|list| panic!("{list:?}"));
            };
            let error = way.start(flow, still()).run().unwrap_err();
            assert!(matches!(error, flow::Error::Start { step: "lists", .. }), "{way:?}: {error}");
        });
    }

    /// There every item restarts the timeout, so that the first three stay together; here it counts from
    /// the first.
    #[test]
    fn collect_5() {
        let input = [(0.0, 1), (0.3, 2), (0.6, 3), (1.6, 4)].map(|(second, v)| (second, Some(("a", v))));
        collected(0.5, 100, &input, &[("a", vec![1, 2]), ("a", vec![3]), ("a", vec![4])]);
    }

    /// Both due at once: there in key order, here in that in which the lists were begun.
    #[test]
    fn collect_6() {
        let input = [(0.0, Some(("b", 1))), (0.0, Some(("a", 2))), (0.8, None)];
        collected(0.4, 100, &input, &[("b", vec![1]), ("a", vec![2])]);
    }
}

mod event_clock {
    use super::*;

    /// What happens at a system time, in seconds, and what the watermark then is.
    enum Event {
        Item { now: f64, timestamp: f64, watermark: f64 },
        Notify { now: f64, watermark: f64 },
    }
    use Event::{Item, Notify};

    const NANOSECOND: TimeDelta = TimeDelta::nanoseconds(1);

    /// Looks at a watermark through its only effect: of two items around it, the earlier is late. Neither
    /// moves it, for both are behind it by the wait.
    fn watermarks(events: &[Event]) {
        every_way(|way| {
            let time = still();
            let (sender, source) = channel(10);
            let sink = CollectingSink::new();
            let late = sink.collected();
            let flow = dataflow! {
                let times = input(source);
                let keyed = times.key_on(|_| "k");
                let windows = keyed.collect_window(
                    clock = EventClock(|time: &DateTime<Utc>| *time, wait_for_system_duration = 5s),
                    windower = TumblingWindower(length = 1h, align_to = at(0.0)),
                );
                windows.late.key_rm().map(|(_, time)| time).output(sink);
            };
            let mut running = way.start(flow, time.clone());
            let mut send = |item| {
                sender.send(item).unwrap();
                while running.poll(Waker::noop()).unwrap() == Progress::Busy {}
                late.take()
            };
            for event in events {
                let (Item { now, watermark, .. } | Notify { now, watermark }) = event;
                let watermark = at(*watermark);
                time.set(at(*now));
                if let Item { timestamp, .. } = event {
                    let _ = send(at(*timestamp));
                }
                let before = watermark - NANOSECOND;
                assert_eq!(send(before), [before], "before the watermark: {way:?}");
                assert!(send(watermark).is_empty(), "at the watermark: {way:?}");
            }
        });
    }

    // `event_clock-1` looks at a key that has had no item; here a key begins with one.

    #[test]
    fn event_clock_2() {
        watermarks(&[Item { now: 0.0, timestamp: 7.0, watermark: 2.0 }]);
    }

    #[test]
    fn event_clock_3() {
        watermarks(&[Item { now: 0.0, timestamp: 7.0, watermark: 2.0 }, Notify { now: 2.0, watermark: 4.0 }]);
    }

    #[test]
    fn event_clock_4() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: 0.0, timestamp: 10.0, watermark: 5.0 },
        ]);
    }

    #[test]
    fn event_clock_5() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: 0.0, timestamp: 3.0, watermark: 2.0 },
        ]);
    }

    #[test]
    fn event_clock_6() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: 2.0, timestamp: 3.0, watermark: 4.0 },
        ]);
    }

    #[test]
    fn event_clock_7() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: 2.0, timestamp: 8.0, watermark: 4.0 },
        ]);
    }

    /// The system clock goes back by three seconds and on by four: `now` stands still meanwhile.
    #[test]
    fn event_clock_10() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: -3.0, timestamp: 7.5, watermark: 2.5 },
            Notify { now: -3.0, watermark: 2.5 },
            Notify { now: 1.0, watermark: 3.5 },
        ]);
    }

    /// There the second item is of the first one's batch, and so of its `now`.
    #[test]
    fn event_clock_11() {
        watermarks(&[
            Item { now: 0.0, timestamp: 7.0, watermark: 2.0 },
            Item { now: 0.0, timestamp: 7.2, watermark: 2.2 },
            Item { now: 1.0, timestamp: 7.2, watermark: 3.2 },
        ]);
    }
}

mod tumbling {
    use super::*;

    /// Items go into windows of ten seconds. Times are in seconds.
    struct Scenario<'a> {
        /// None for a wait that is never over.
        wait: Option<f64>,
        ordered: bool,
        /// Key, timestamp, value and the system time at which it comes.
        input: &'a [(&'static str, f64, &'static str, f64)],
        /// Key, window, values.
        down: &'a [(&'static str, i64, &'a [&'static str])],
        /// Key, window, value.
        late: &'a [(&'static str, i64, &'static str)],
        /// Key, window, open and close time.
        meta: &'a [(&'static str, i64, f64, f64)],
    }

    #[derive(Clone)]
    struct Event {
        key: &'static str,
        time: DateTime<Utc>,
        value: &'static str,
    }

    /// A row of a window step with its key.
    type Row<V> = (&'static str, (i64, V));

    /// What comes out of the three ports.
    struct Outcome {
        down: Vec<Row<Vec<&'static str>>>,
        late: Vec<Row<&'static str>>,
        meta: Vec<Row<(DateTime<Utc>, DateTime<Utc>)>>,
    }

    impl Scenario<'_> {
        /// `collect_window` gives a list; a `fold_window` that makes one gives the same.
        fn check(&self) {
            let row = |(key, id, values): &(_, i64, &[_])| (*key, (*id, values.to_vec()));
            let down: Vec<_> = self.down.iter().map(row).collect();
            let late: Vec<_> = self.late.iter().map(|(key, id, value)| (*key, (*id, *value))).collect();
            let bounds = |(key, id, open, close): &(_, i64, _, _)| (*key, (*id, (at(*open), at(*close))));
            let meta: Vec<_> = self.meta.iter().map(bounds).collect();
            every_way(|way| {
                for outcome in [self.collected(way), self.folded(way)] {
                    way.compare(&outcome.down, &down);
                    way.compare(&outcome.late, &late);
                    way.compare(&outcome.meta, &meta);
                }
            });
        }

        fn source(&self) -> TimedSource<impl Iterator<Item = (DateTime<Utc>, Event)>> {
            let event = |(key, time, value, now): &(&'static str, f64, &'static str, f64)| {
                (at(*now), Event { key, time: at(*time), value })
            };
            TimedSource::new(self.input.iter().map(event))
        }

        fn wait(&self) -> TimeDelta {
            self.wait.map_or(TimeDelta::MAX, |wait| at(wait) - at(0.0))
        }

        fn collected(&self, way: Way) -> Outcome {
            let (down, late, meta) = (CollectingSink::new(), CollectingSink::new(), CollectingSink::new());
            let outcome = (down.collected(), late.collected(), meta.collected());
            let flow = dataflow! {
                let events = input(self.source());
                let keyed = events.key_on(|event| event.key);
                let windows = keyed.collect_window(
                    clock = EventClock(|event| event.time, wait_for_system_duration = self.wait()),
                    windower = TumblingWindower(length = 10s, align_to = at(0.0)),
                    ordered = self.ordered,
                );
                let lists = windows.down.map_value(|(id, list)| {
                    (id, list.into_iter().map(|event| event.value).collect())
                });
                lists.output(down);
                windows.late.map_value(|(id, event)| (id, event.value)).output(late);
                windows.meta.map_value(|(id, meta)| (id, (meta.open_time, meta.close_time))).output(meta);
            };
            way.start(flow, still()).run().unwrap();
            Outcome { down: outcome.0.take(), late: outcome.1.take(), meta: outcome.2.take() }
        }

        fn folded(&self, way: Way) -> Outcome {
            let (down, late, meta) = (CollectingSink::new(), CollectingSink::new(), CollectingSink::new());
            let outcome = (down.collected(), late.collected(), meta.collected());
            let flow = dataflow! {
                let events = input(self.source());
                let keyed = events.key_on(|event| event.key);
                let windows = keyed.fold_window(
                    clock = EventClock(|event| event.time, wait_for_system_duration = self.wait()),
                    windower = TumblingWindower(length = 10s, align_to = at(0.0)),
                    builder = Vec::new,
                    folder = |mut list, event| {
                        list.push(event.value);
                        list
                    },
                    merger = |_, _| unreachable!("windows of one length never merge"),
                    ordered = self.ordered,
                );
                windows.down.output(down);
                windows.late.map_value(|(id, event)| (id, event.value)).output(late);
                windows.meta.map_value(|(id, meta)| (id, (meta.open_time, meta.close_time))).output(meta);
            };
            way.start(flow, still()).run().unwrap();
            Outcome { down: outcome.0.take(), late: outcome.1.take(), meta: outcome.2.take() }
        }
    }

    #[test]
    fn tumbling_1() {
        let scenario = Scenario {
            wait: None,
            ordered: true,
            input: &[
                ("a", 0.0, "1", 0.0),
                ("a", 8.0, "3", 0.0),
                ("a", 4.0, "2", 0.0),
                ("a", 13.0, "5", 0.0),
                ("a", 12.0, "4", 0.0),
            ],
            down: &[("a", 0, &["1", "2", "3"]), ("a", 1, &["4", "5"])],
            late: &[],
            meta: &[("a", 0, 0.0, 10.0), ("a", 1, 10.0, 20.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_2() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[("a", 1.0, "1", 0.0), ("a", 4.0, "2", 0.0), ("a", 13.0, "3", 0.0), ("a", 2.0, "x", 0.0)],
            down: &[("a", 0, &["1", "2"]), ("a", 1, &["3"])],
            late: &[("a", 0, "x")],
            meta: &[("a", 0, 0.0, 10.0), ("a", 1, 10.0, 20.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_late_strict() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[("a", 5.0, "1", 0.0), ("a", 5.0, "2", 0.0), ("a", 4.999_999, "3", 0.0)],
            down: &[("a", 0, &["1", "2"])],
            late: &[("a", 0, "3")],
            meta: &[("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_close_boundary() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[("a", 5.0, "1", 0.0), ("a", 10.0, "2", 0.0)],
            down: &[("a", 0, &["1"]), ("a", 1, &["2"])],
            late: &[],
            meta: &[("a", 0, 0.0, 10.0), ("a", 1, 10.0, 20.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_wait() {
        let scenario = Scenario {
            wait: Some(5.0),
            ordered: true,
            input: &[
                ("a", 5.0, "1", 0.0),
                ("a", 14.0, "2", 0.0),
                ("a", 9.0, "ok", 0.0),
                ("a", 8.9, "late", 0.0),
                ("a", 15.0, "3", 0.0),
            ],
            down: &[("a", 0, &["1", "ok"]), ("a", 1, &["2", "3"])],
            late: &[("a", 0, "late")],
            meta: &[("a", 0, 0.0, 10.0), ("a", 1, 10.0, 20.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_negative_ids() {
        let scenario = Scenario {
            wait: None,
            ordered: true,
            input: &[
                ("a", -5.0, "1", 0.0),
                ("a", -10.0, "2", 0.0),
                ("a", -10.5, "3", 0.0),
                ("a", 0.0, "4", 0.0),
            ],
            down: &[("a", -2, &["3"]), ("a", -1, &["2", "1"]), ("a", 0, &["4"])],
            late: &[],
            meta: &[("a", -2, -20.0, -10.0), ("a", -1, -10.0, 0.0), ("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }

    /// The last windows close at end of input: there in key order, here that of `b` first, for its state is
    /// the older.
    #[test]
    fn tumbling_per_key_watermark() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[("b", 1.0, "1", 0.0), ("a", 4.0, "2", 0.0), ("a", 13.0, "3", 0.0), ("b", 2.0, "4", 0.0)],
            down: &[("a", 0, &["2"]), ("b", 0, &["1", "4"]), ("a", 1, &["3"])],
            late: &[],
            meta: &[("a", 0, 0.0, 10.0), ("b", 0, 0.0, 10.0), ("a", 1, 10.0, 20.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_system_time() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[("a", 1.0, "p", 0.0), ("a", 2.0, "q", 3.0), ("a", 4.0, "r", 3.5), ("a", 1.0, "z", 12.0)],
            down: &[("a", 0, &["p"])],
            late: &[("a", 0, "q"), ("a", 0, "r"), ("a", 0, "z")],
            meta: &[("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }

    /// There a key whose windows have all closed begins anew, and window 0 comes twice; here its watermark
    /// stays, and what is behind it is late.
    #[test]
    fn tumbling_watermark_forgotten() {
        let scenario = Scenario {
            wait: Some(0.0),
            ordered: true,
            input: &[
                ("a", 1.0, "1", 0.0),
                ("a", 4.0, "2", 100.0),
                ("a", 5.0, "3", 100.0),
                ("a", 2.0, "x", 100.0),
            ],
            down: &[("a", 0, &["1"])],
            late: &[("a", 0, "2"), ("a", 0, "3"), ("a", 0, "x")],
            meta: &[("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_ordered_ties() {
        let scenario = Scenario {
            wait: Some(30.0),
            ordered: true,
            input: &[("a", 5.0, "1", 0.0), ("a", 3.0, "2", 0.0), ("a", 5.0, "3", 0.0), ("a", 3.0, "4", 0.0)],
            down: &[("a", 0, &["2", "4", "1", "3"])],
            late: &[],
            meta: &[("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }

    #[test]
    fn tumbling_unordered() {
        let scenario = Scenario {
            wait: Some(30.0),
            ordered: false,
            input: &[("a", 5.0, "1", 0.0), ("a", 3.0, "2", 0.0), ("a", 5.0, "3", 0.0), ("a", 3.0, "4", 0.0)],
            down: &[("a", 0, &["1", "2", "3", "4"])],
            late: &[],
            meta: &[("a", 0, 0.0, 10.0)],
        };
        scenario.check();
    }
}
