//! Readings of two users in windows of ten seconds: each window with the readings themselves.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flow::prelude::*;

/// What a sensor says of a user.
#[derive(Clone, Debug)]
struct Reading {
    time: DateTime<Utc>,
    user: &'static str,
    val: i32,
}

fn main() -> Result<(), flow::Error> {
    let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    let readings = [(0, "a"), (4, "a"), (5, "b"), (8, "a"), (12, "a"), (13, "a"), (14, "b")]
        .map(|(second, user)| Reading { time: start + TimeDelta::seconds(second), user, val: 1 });

    let flow = dataflow! {
        let events = input(TestingSource::new(readings));
        let by_user = events.key_on(|event| event.user);
        let windows = by_user.collect_window(
            clock = EventClock(|event| event.time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        windows.down.output(StdOutSink);
        windows.late.inspect(|(user, (window, event))| eprintln!("late: {user}, window {window}, value {}", event.val));
    };
    flow.run()?;
    Ok(())
}
