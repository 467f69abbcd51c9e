//! Orders that a reader may count on.

use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::time::SimulatedTime;

/// Sources take turns, item by item, in the order in which they are written, however each groups its items.
#[test]
fn sources_that_meet_take_turns() {
    for (left, right, limit) in [(1, 1, 1), (1, 7, 1000), (7, 2, 1000), (1000, 1000, 1000), (3, 1000, 2)] {
        let sink = CollectingSink::new();
        let items = sink.collected();
        let flow = dataflow! {
            let tens = input(TestingSource::new(10..15).batch_size(left));
            let units = input(TestingSource::new(0..3).batch_size(right));
            let hundreds = input(TestingSource::new(100..102).batch_size(left));
            let all = merge(hundreds, tens, units);
            all.output(sink);
        };
        flow.start(SimulatedTime::starting_at(DateTime::UNIX_EPOCH)).batch_limit(limit).run().unwrap();
        assert_eq!(items.take(), [10, 0, 100, 11, 1, 101, 12, 2, 13, 14], "{left} {right} {limit}");
    }
}

/// What the end of one source brings about comes before the next items of another.
#[test]
fn the_end_of_a_source_has_its_place() {
    for (left, right, limit) in [(1, 1, 1), (1, 7, 1000), (7, 2, 1000), (1000, 1000, 1000)] {
        let sink = CollectingSink::new();
        let items = sink.collected();
        let flow = dataflow! {
            let short = input(TestingSource::new(0..2_u64).batch_size(left));
            let lists = short.key_on(|_| ()).collect(timeout = 1d, max_size = 9);
            let sums = lists.map(|((), list)| list.iter().sum::<u64>() + 1000);
            let long = input(TestingSource::new(10..15_u64).batch_size(right));
            let all = merge(sums, long);
            all.output(sink);
        };
        flow.start(SimulatedTime::starting_at(DateTime::UNIX_EPOCH)).batch_limit(limit).run().unwrap();
        assert_eq!(items.take(), [10, 11, 12, 1001, 13, 14], "{left} {right} {limit}");
    }
}

/// Several keys that are due at once go in the order in which their states were created, not in that of
/// their due times or keys.
#[test]
fn keys_that_are_due_at_once_go_by_age() {
    let start = DateTime::UNIX_EPOCH;
    let at = |second| start + TimeDelta::seconds(second);
    let sink = CollectingSink::new();
    let items = sink.collected();
    let (sender, source) = channel::<(&str, DateTime<Utc>)>(9);
    let flow = dataflow! {
        let events = input(source);
        let keyed = events.key_on(|(key, _)| *key);
        let windows = keyed.collect_window(
            clock = EventClock(|(_, time)| *time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        windows.down.map(|(key, (window, _))| (key, window)).output(sink);
    };
    let time = SimulatedTime::starting_at(start);
    let mut running = flow.start(time.clone());
    // "first" is due after 9 s, "second" after 5 s, "third" after 2 s.
    for (key, second) in [("first", 1), ("second", 5), ("third", 8)] {
        sender.send((key, at(second))).unwrap();
    }
    running.poll(Waker::noop()).unwrap();
    time.advance(TimeDelta::seconds(20));
    running.poll(Waker::noop()).unwrap();
    assert_eq!(items.take(), [("first", 0), ("second", 0), ("third", 0)]);
}

/// A time that does not pass is no reason to wait for ever.
/// An item closes the windows that its key's time has reached, also those in front of its own. Only what no item finds
/// waits for the others of its pass.
#[test]
fn windows_close_where_an_item_finds_them_reached() {
    let seconds = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
    let [early, nearly, reached] = [seconds(5), seconds(15) - TimeDelta::nanoseconds(1), seconds(15)];
    let now = seconds(0);
    // The first window of each key is reached by `reached`, for which one nanosecond is missing; in the second case by the
    // time that has passed, at the very moment when the next items come.
    let missing = [(now, early), (now, nearly), (now, reached)];
    let passing = [(now, early), (now, seconds(11)), (seconds(4), seconds(13))];
    for times in [missing, passing] {
        let sink = CollectingSink::new();
        let items = sink.collected();
        let [first, second, third] = times;
        let of = |key| move |(when, time)| (when, (key, time));
        let opening = ["older", "younger"].into_iter().flat_map(|key| [first, second].map(of(key)));
        let closing = ["younger", "older"].map(|key| of(key)(third));
        let flow = dataflow! {
            let events = input(TimedSource::new(opening.chain(closing).collect::<Vec<_>>()));
            let keyed = events.key_on(|(key, _)| *key);
            let counts = keyed.count_window(
                clock = EventClock(|(_, time): &(_, DateTime<Utc>)| *time, wait_for_system_duration = 5s),
                windower = TumblingWindower(length = 10s, align_to = now),
            );
            counts.down.output(sink);
        };
        flow.run_in(SimulatedTime::starting_at(now)).unwrap();
        let closed = [("younger", (0, 1)), ("older", (0, 1)), ("older", (1, 2)), ("younger", (1, 2))];
        assert_eq!(items.take(), closed, "{times:?}");
    }
}

#[test]
fn a_run_that_could_only_wait_says_so() {
    let start = DateTime::UNIX_EPOCH;
    let flow = dataflow! {
        let later = input(TimedSource::new([(start + TimeDelta::seconds(1), 'x')]));
        later.inspect(|_| ());
    };
    let error = flow.named("still").run_in(flow::time::StillTime::at(start)).unwrap_err();
    assert_eq!(error.to_string(), "flow `still`: waits for a later time, and the time stands still");
}

/// A written type is checked on a port's stream too, and may be what a closure's result is inferred from.
#[test]
fn written_types_lead_the_way() {
    let sink = CollectingSink::new();
    let items = sink.collected();
    let flow = dataflow! {
        let words = input(IterSource::new(["1", "x", "3"]));
        let parsed = words.try_map(str::parse);
        let numbers: Stream<u8> = parsed.ok;
        let doubled: Stream<u16> = numbers.map(|number| (number * 2).into());
        doubled.output(sink);
        parsed.err.inspect(|_| ());
    };
    flow.run().unwrap();
    assert_eq!(items.take(), [2, 6]);
}

/// What the macro calls its own variables is no business of the user's.
#[test]
fn streams_may_have_any_name() {
    let sink = CollectingSink::new();
    let items = sink.collected();
    let flow = dataflow! {
        let state = input(IterSource::new(0..3));
        let emission = state.key_on(|number| number % 2);
        let activation = emission.stateful_map(|sum, number| (Some(sum.unwrap_or(0) + number), number));
        let settled = activation.key_rm();
        let outcome = merge(state, settled);
        outcome.output(sink);
    };
    flow.run().unwrap();
    assert_eq!(items.take(), [0, 0, 1, 1, 2, 2]);
}

/// A flow can be made on one thread and run on another.
#[test]
fn a_flow_may_move_to_another_thread() {
    let sink = CollectingSink::new();
    let items = sink.collected();
    let flow = dataflow! {
        let words = input(IterSource::new(["a", "b"]));
        let lists = words.key_on(|_| 0).collect(timeout = 1s, max_size = 2);
        lists.map_value(|list| list.concat()).output(sink);
    };
    std::thread::spawn(move || flow.run().unwrap()).join().unwrap();
    assert_eq!(items.take(), [(0, "ab".to_owned())]);
}
