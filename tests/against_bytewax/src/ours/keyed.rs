//! What has keys and no windows.

use chrono::{DateTime, TimeDelta, Utc};
use flow::prelude::*;
use flow::stateful::{Fate, StatefulLogic};
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
        Operator::CollectIdle => {
            let timeout = TimeDelta::microseconds(case.timeout);
            keyed!(|list| serials(&list), .collect(idle_timeout = timeout, max_size = case.max_size))
        }
        Operator::Stateful => keyed!(|given| given, .stateful(logic = || Alarm::new(case))),
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

/// Sets alarms and takes them back, as the numbers of the items say.
struct Alarm<'a> {
    case: &'a Case,
    sum: i64,
    at: Option<DateTime<Utc>>,
}

impl<'a> Alarm<'a> {
    fn new(case: &'a Case) -> Self {
        Self { case, sum: case.a, at: None }
    }

    /// So many ticks behind `now`.
    fn set(&mut self, now: DateTime<Utc>, ticks: i64) {
        self.at = Some(now + TimeDelta::microseconds(self.case.tick.unwrap_or(1) * ticks));
    }
}

impl StatefulLogic<Item> for Alarm<'_> {
    type Output = (&'static str, i64);

    fn on_item(&mut self, item: Item, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        self.sum = combine(self.sum, item.number);
        out(("item", self.sum));
        match self.sum % 8 {
            0 => self.at = None,
            1 => return Fate::Drop,
            2..=5 => self.set(now, self.sum % 5),
            _ => {}
        }
        Fate::Keep
    }

    fn on_notify(&mut self, now: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        self.sum = combine(self.sum, 1);
        out(("notify", self.sum));
        self.at = None;
        match self.sum % 4 {
            0 => return Fate::Drop,
            1 => self.set(now, 1 + self.sum % 3),
            _ => {}
        }
        Fate::Keep
    }

    fn on_eof(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(Self::Output)) -> Fate {
        out(("eof", self.sum));
        Fate::Keep
    }

    fn notify_at(&self) -> Option<DateTime<Utc>> {
        self.at
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
