//! A function that is polled has to say whether it failed.

use chrono::TimeDelta;
use flow::prelude::*;

fn main() {
    let flow = dataflow! {
        let numbers = input(PollingSource::new(TimeDelta::seconds(10), || Some(5)));
        let doubled = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
    let _ = flow.run();
}
