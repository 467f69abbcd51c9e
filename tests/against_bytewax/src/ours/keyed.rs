//! What has keys and no windows.

use chrono::TimeDelta;
use flow::prelude::*;
use serde_json::{Value, json};

use super::{Item, Recorder, combine, copies, items};
use crate::case::{Case, Operator};

pub(super) fn run(case: &Case, recorder: &Recorder) -> Result<(), flow::Error> {
    // An operator on the keyed items, and how what it gives is written down.
    macro_rules! keyed {
        (|$given:pat_param| $show:expr, $($operator:tt)*) => {
            recorder.run(case, dataflow! {
                let items = input(TimedSource::new(items(case)));
                let keyed = items.key_on(|item| item.key);
                let given = keyed$($operator)*;
                given.output(|(key, $given)| recorder.put("out", &key, json!($show)));
            })
        };
    }
    match case.operator {
        Operator::KeyedValues => keyed!(
            |item| [item.serial, usize::try_from(item.number).unwrap_or(0)],
            .map_value(|item| case.changed(item))
            .flat_map_value(copies)
            .filter_map_value(|item| (!case.divides(item)).then(|| case.changed(item)))
            .filter_value(|item| item.number % 2 == 0)
        ),
        Operator::StatefulMap => {
            keyed!(|given| given, .stateful_map(|state, item| next_state(case, state, item)))
        }
        Operator::StatefulFlatMap => keyed!(|given| given, .stateful_flat_map(|state, item| {
            let (kept, given) = next_state(case, state, item);
            (kept, (0..given % 3).map(move |copy| given + copy))
        })),
        Operator::Collect => {
            let timeout = TimeDelta::microseconds(case.timeout);
            keyed!(|list| serials(&list), .collect(timeout = timeout, max_size = case.max_size))
        }
        Operator::CountFinal => recorder.run(
            case,
            dataflow! {
                let items = input(TimedSource::new(items(case)));
                let counts = items.count_final(|item| item.number % case.m);
                counts.output(|(key, count)| recorder.put("out", &key, json!(count)));
            },
        ),
        Operator::FoldFinal => keyed!(|held| held, .fold_final(
            builder = || case.a,
            folder = |held, item| combine(held, item.number)
        )),
        Operator::ReduceFinal => keyed!(|item| number_and_serial(item), .reduce_final(combine_items)),
        Operator::MaxFinal => keyed!(|item| item.serial, .max_final(by = |item| item.number)),
        _ => keyed!(|item| item.serial, .min_final(by = |item| item.number)),
    }
}

fn next_state(case: &Case, state: Option<i64>, item: Item) -> (Option<i64>, i64) {
    let state = combine(state.unwrap_or(case.a), item.number);
    ((state % case.m != 0).then_some(state), state)
}

pub(super) fn combine_items(left: Item, right: Item) -> Item {
    Item { number: combine(left.number, right.number), ..left }
}

pub(super) fn number_and_serial(item: Item) -> Value {
    json!([item.number, item.serial])
}

pub(super) fn serials(items: &[Item]) -> Vec<usize> {
    items.iter().map(|item| item.serial).collect()
}
