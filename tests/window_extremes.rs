//! Windows at the ends of time: lengths from a nanosecond to centuries, times and origins anywhere, and waits of any
//! length. What leaves the range of time is an error that names the step and the item's timestamp, never a panic and
//! never another window.

mod common;
#[path = "common/simulated.rs"]
mod simulated;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::time::SimulatedTime;
use flow::windows::{Membership, SessionWindower, SlidingWindower, TumblingWindower, WindowBounds, Windower};
use proptest::prelude::*;
use simulated::{instant, run};

const SECOND: i128 = 1_000_000_000;
const YEAR: i128 = 365 * 24 * 3600 * SECOND;
/// The first and the last instant that an item can have, in nanoseconds from 1970.
const FIRST: i128 = i64::MIN as i128 + 1;
const LAST: i128 = i64::MAX as i128 - 1;

/// Also where that is more than fits into an `i64`.
fn length(nanoseconds: i128) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(nanoseconds.div_euclid(SECOND)).unwrap())
        + TimeDelta::nanoseconds(i64::try_from(nanoseconds.rem_euclid(SECOND)).unwrap())
}

fn of(time: DateTime<Utc>) -> i128 {
    time.timestamp_nanos_opt().unwrap().into()
}

/// A window: its number, its bounds and how many items it has.
type Row = (i128, i128, i128, u64);

/// Counts the items, all of which are there at `now`: the windows in order of their closing, or the error.
fn counts<W>(way: Way, times: &[i128], now: i128, wait: TimeDelta, windower: &W) -> Result<Vec<Row>, String>
where
    W: Windower<Membership: Membership<DateTime<Utc>>> + Clone,
{
    let mut rows = Vec::new();
    let flow = dataflow! {
        let times = input(TestingSource::new(times.iter().map(|time| instant(*time)).collect::<Vec<_>>()));
        let keyed = times.key_on(|_| "ALL");
        let counted = keyed.count_window(
            clock = EventClock(|time| *time, wait_for_system_duration = wait),
            windower = windower.clone(),
            bounds = true,
        );
        counted.down.output(|(_, (window, count))| {
            let WindowBounds { id, open_time, close_time } = window;
            rows.push((i128::from(id), of(open_time), of(close_time), count));
        });
    };
    let outcome = way.start(flow, SimulatedTime::starting_at(instant(now))).run();
    outcome.map(|_| rows).map_err(|error| error.to_string())
}

/// What must come of items none of which is late: every window, or the first time that leads out of the range.
fn windows_of(times: &[i128], length: i128, offset: i128, align_to: i128) -> Result<Vec<Row>, i128> {
    let mut rows: Vec<Row> = Vec::new();
    for time in times {
        let last = (time - align_to).div_euclid(offset);
        let around = last - length / offset - 1..=last;
        let windows = around.map(|id| (id, align_to + id * offset, align_to + id * offset + length));
        for (id, open, close) in windows.filter(|(_, open, close)| open <= time && time < close) {
            // No window begins at the earliest instant there is, at which no item can be.
            if open < FIRST || [id, close].iter().any(|number| i64::try_from(*number).is_err()) {
                return Err(*time);
            }
            match rows.iter_mut().find(|row| row.0 == id) {
                Some(row) => row.3 += 1,
                None => rows.push((id, open, close, 1)),
            }
        }
    }
    rows.sort_unstable();
    Ok(rows)
}

/// The same for sessions of items in any order, none of which is late, all taken in order of time.
fn sessions_of(times: &[i128], gap: i128) -> Vec<Row> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let sessions = times.chunk_by(|one, next| next - one <= gap);
    (0..)
        .zip(sessions)
        .map(|(id, times)| (id, times[0], times[times.len() - 1], times.len() as u64))
        .collect()
}

fn check(got: Result<Vec<Row>, String>, expected: &Result<Vec<Row>, i128>) {
    match (got, expected) {
        (Ok(got), Ok(expected)) => assert_eq!(got, *expected),
        (Err(error), Err(time)) => {
            let named =
                format!("step `counted`: the timestamp {} leads out of the range of time", instant(*time));
            assert!(error.contains(&named), "{error}, and not {named}");
        }
        (got, expected) => panic!("{got:?}, and not {expected:?}"),
    }
}

/// Any instant, and often one near the ends of time or near 1970.
fn times() -> impl Strategy<Value = i128> {
    prop_oneof![
        FIRST..=LAST,
        -250 * YEAR..=250 * YEAR,
        (0..1_000_i128).prop_map(|near| FIRST + near),
        (0..1_000_i128).prop_map(|near| LAST - near),
        -1_000..1_000_i128,
    ]
}

/// Any length from one nanosecond, in any order of magnitude.
fn lengths() -> impl Strategy<Value = i128> {
    (0..63_u32).prop_flat_map(|bits| (1_i128 << bits)..(1_i128 << (bits + 1)).min(i128::from(i64::MAX)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn tumbling_windows(times in prop::collection::vec(times(), 1..6), long in lengths(), align_to in times()) {
        let windower = TumblingWindower::new(length(long), instant(align_to));
        let expected = windows_of(&times, long, long, align_to);
        every_way(|way| check(counts(way, &times, 0, TimeDelta::MAX, &windower), &expected));
    }

    #[test]
    fn sliding_windows(
        times in prop::collection::vec(times(), 1..5),
        long in lengths(),
        parts in 1..12_i128,
        more in 0..3_i128,
        align_to in times(),
    ) {
        let offset = (long / parts + more).clamp(1, long);
        let windower = SlidingWindower::new(length(long), length(offset), instant(align_to));
        let expected = windows_of(&times, long, offset, align_to);
        every_way(|way| check(counts(way, &times, 0, TimeDelta::MAX, &windower), &expected));
    }

    #[test]
    fn sessions(times in prop::collection::vec(times(), 1..8), gap in prop_oneof![Just(0), lengths()]) {
        let mut in_order = times;
        in_order.sort_unstable();
        let windower = SessionWindower::new(length(gap));
        let expected = Ok(sessions_of(&in_order, gap));
        every_way(|way| check(counts(way, &in_order, 0, TimeDelta::MAX, &windower), &expected));
    }

    /// Items in order, and a wait of any length: none is late, whatever the system's time is.
    #[test]
    fn waits(
        times in prop::collection::vec(times(), 1..8),
        now in times(),
        wait in prop_oneof![Just(0), lengths(), Just(i128::from(i64::MAX) * 1_000)],
        gap in lengths(),
    ) {
        let mut in_order = times;
        in_order.sort_unstable();
        let windower = SessionWindower::new(length(gap));
        let expected = Ok(sessions_of(&in_order, gap));
        every_way(|way| check(counts(way, &in_order, now, length(wait), &windower), &expected));
    }

    /// A window closes when the system's clock has gone on by as much as the item's time is short of it, at the ends of
    /// time too; if that is beyond them, at the end of the input.
    #[test]
    fn closing_by_the_system_clock(
        time in times(),
        now in times(),
        rest in prop_oneof![Just(0), lengths()],
        long in lengths(),
        wait in prop_oneof![Just(0), lengths()],
    ) {
        let align_to = time;
        let (close, later) = (time + long, now + rest);
        prop_assume!(close <= i128::from(i64::MAX) && later <= LAST);
        // The watermark is `time - wait` at `now`.
        let is_never = time - wait <= i128::from(i64::MIN);
        let due = if is_never { later } else { (now + long + wait).min(later) };
        every_way(|way| {
            let clock = SimulatedTime::starting_at(instant(now));
            let mut rows = Vec::new();
            let flow = dataflow! {
                let times = input(TimedSource::new([(instant(now), Some(instant(time))), (instant(later), None)]));
                let keyed = times.filter_map(|time| time).key_on(|_| "ALL");
                let counted = keyed.count_window(
                    clock = EventClock(|time| *time, wait_for_system_duration = length(wait)),
                    windower = TumblingWindower(length = length(long), align_to = instant(align_to)),
                );
                counted.down.output(|(key, row)| rows.push((key, (of(clock.time()), row))));
            };
            run(way, flow, &clock, 10);
            way.compare(&rows, &[("ALL", (due, (0, 1)))]);
        });
    }
}

/// What no clock can count is refused as the flow starts, or ends the run with the item's time.
#[test]
fn what_is_beyond_the_range_of_time() {
    let far = DateTime::<Utc>::MAX_UTC;
    let outcome = |time: DateTime<Utc>, align_to: DateTime<Utc>, wait: TimeDelta| {
        let flow = dataflow! {
            let times = input(TestingSource::new([time]));
            let keyed = times.key_on(|_| "ALL");
            let counted = keyed.count_window(
                clock = EventClock(|time| *time, wait_for_system_duration = wait),
                windower = TumblingWindower(length = 1s, align_to = align_to),
            );
            counted.down.inspect(|_| {});
        };
        flow.run_in(SimulatedTime::starting_at(instant(0))).unwrap_err().to_string()
    };
    let error = outcome(far, instant(0), TimeDelta::zero());
    assert!(
        error.contains(&format!("step `counted`: the timestamp {far} leads out of the range")),
        "{error}"
    );
    let error = outcome(instant(0), far, TimeDelta::zero());
    assert!(error.contains("step `counted`: cannot start: `align_to`: "), "{error}");
    let error = outcome(instant(0), instant(0), TimeDelta::MIN);
    assert!(
        error.contains("step `counted`: cannot start: `wait_for_system_duration` must not be negative"),
        "{error}"
    );
}
