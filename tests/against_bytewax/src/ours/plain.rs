//! What has no keys.

use chrono::TimeDelta;
use flow::prelude::*;
use serde_json::json;

use super::{Item, Recorder, copies, items};
use crate::case::{Case, Operator};

pub(super) fn run(case: &Case, recorder: &Recorder) -> Result<(), flow::Error> {
    let note = |stream: &str, item: Item| recorder.put(stream, &"", json!([item.serial, item.number]));
    // An operator between the input and what is written down.
    macro_rules! chain {
        ($($operator:tt)*) => {
            recorder.run(case, dataflow! {
                let items = input(TimedSource::new(items(case)));
                let given = items$($operator)*;
                given.output(|item| note("out", item));
            })
        };
    }
    match case.operator {
        Operator::Map => chain!(.map(|item| case.changed(item))),
        Operator::Filter => chain!(.filter(|item| case.divides(*item))),
        Operator::FilterMap => {
            chain!(.filter_map(|item| (!case.divides(item)).then(|| case.changed(item))))
        }
        Operator::FlatMap => chain!(.flat_map(copies)),
        Operator::Flatten => chain!(.map(copies).flatten()),
        Operator::EnrichCached => {
            let ttl = TimeDelta::microseconds(case.timeout);
            let mut calls = 0;
            let getter = |_: &u8| {
                calls += 1;
                calls
            };
            chain!(.enrich_cached(
                getter = getter,
                mapper = |cache, item| Item { number: *cache.get(&item.key), ..item },
                ttl = ttl
            ))
        }
        Operator::Chain => chain!(
            .map(|item| case.changed(item))
            .flat_map(copies)
            .redistribute()
            .filter_map(|item| (!case.divides(item)).then(|| case.changed(item)))
            .filter(|item| item.number % 2 == 0)
        ),
        _ => recorder.run(
            case,
            dataflow! {
                let items = input(TimedSource::new(items(case)));
                let parts = items.branch(|item| case.divides(*item));
                let trues = parts.trues.map(|item| case.changed(item));
                let falses = parts.falses.map(|item| Item { number: item.number + 1, ..item });
                let merged = merge(trues, falses);
                trues.output(|item| note("trues", item));
                falses.output(|item| note("falses", item));
                merged.output(|item| note("merged", item));
            },
        ),
    }
}
