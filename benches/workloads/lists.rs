//! W2: lists of three by key.

use flow::prelude::*;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{digest, numbers, orders};
use super::{Contestant, Order, Peers, Workload, step};

pub(super) const WORKLOADS: &[Workload] = &[
    Workload {
        name: "w2",
        what: "lists of 3, 1 000 u64 keys",
        item: "item",
        items: 8_000_000,
        sample: 100_000,
        contestants: |items, peers| of_numbers(items, 1_000, peers),
    },
    Workload {
        name: "w2-large",
        what: "lists of 3, 2 000 000 u64 keys",
        item: "item",
        items: 8_000_000,
        sample: 200_000,
        contestants: |items, peers| of_numbers(items, 2_000_000, peers),
    },
    Workload {
        name: "w2-strings",
        what: "lists of 3, 1 000 String keys",
        item: "item",
        items: 4_000_000,
        sample: 100_000,
        contestants: of_orders,
    },
];

fn of_numbers(items: usize, keys: u64, peers: &dyn Peers) -> Vec<Contestant> {
    let items = numbers(items);
    let mut all = vec![
        Contestant::new("hand", move || by_hand(items, keys)),
        Contestant::new("hand, fresh lists", move || fresh_by_hand(items, keys)),
        Contestant::new("flow", move || as_flow(items, keys)),
    ];
    all.extend(peers.lists(items, keys));
    all
}

/// The list is lent and cleared: what a loop can do that hands its lists to nobody.
fn by_hand(items: &[u64], keys: u64) -> u64 {
    let mut lists: HashMap<u64, Vec<u64>, FxBuildHasher> = HashMap::default();
    let mut sum = 0;
    for &item in items {
        let key = item % keys;
        let list = lists.entry(key).or_default();
        list.push(item);
        if list.len() == 3 {
            sum = give(sum, key, list);
            list.clear();
        }
    }
    let rest = lists.iter().filter(|(_, list)| !list.is_empty());
    rest.fold(sum, |sum, (key, list)| give(sum, *key, list))
}

/// The list is given away.
fn fresh_by_hand(items: &[u64], keys: u64) -> u64 {
    let mut lists: HashMap<u64, Vec<u64>, FxBuildHasher> = HashMap::default();
    let mut sum = 0;
    for &item in items {
        let key = item % keys;
        let list = lists.entry(key).or_default();
        list.push(item);
        if list.len() == 3 {
            sum = give(sum, key, &std::mem::take(list));
        }
    }
    let rest = lists.iter().filter(|(_, list)| !list.is_empty());
    rest.fold(sum, |sum, (key, list)| give(sum, *key, list))
}

fn as_flow(items: &[u64], keys: u64) -> u64 {
    let mut sum = 0;
    let flow = dataflow! {
        let items = input(IterSource::new(items.iter().copied()));
        let keyed = items.key_on(|item| item % keys);
        let lists = keyed.collect(timeout = 1h, max_size = 3);
        lists.output(|(key, list)| sum = give(sum, key, &list));
    };
    flow.run().expect("nothing here can fail");
    sum
}

/// Adds a list. Which key's list comes first is not compared, for not all who take part keep to the order of the
/// input.
#[inline]
pub(crate) fn give(sum: u64, key: u64, list: &[u64]) -> u64 {
    sum.wrapping_add(digest([key, list.iter().fold(list.len() as u64, |sum, item| step(sum, *item))]))
}

fn of_orders(items: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let orders = orders(items);
    let mut all = vec![
        Contestant::new("hand", || strings_by_hand(orders)),
        Contestant::new("flow", || strings_as_flow(orders)),
        Contestant::new("flow, cloned keys", || cloned_strings_as_flow(orders)),
    ];
    all.extend(peers.string_lists(orders));
    all
}

fn strings_by_hand(orders: &[Order]) -> u64 {
    let mut lists: HashMap<String, Vec<u64>, FxBuildHasher> = HashMap::default();
    let mut sum = 0;
    for order in orders {
        let list = lists.entry_ref(order.user.as_str()).or_default();
        list.push(order.amount);
        if list.len() == 3 {
            sum = give(sum, name(&order.user), list);
            list.clear();
        }
    }
    let rest = lists.iter().filter(|(_, list)| !list.is_empty());
    rest.fold(sum, |sum, (user, list)| give(sum, name(user), list))
}

/// The keys are slices of the orders: the flow is embedded and may borrow.
fn strings_as_flow(orders: &[Order]) -> u64 {
    let mut sum = 0;
    let flow = dataflow! {
        let orders = input(IterSource::new(orders));
        let by_user = orders.key_on(|order| order.user.as_str());
        let lists = by_user.map_value(|order| order.amount).collect(timeout = 1h, max_size = 3);
        lists.output(|(user, list)| sum = give(sum, name(user), &list));
    };
    flow.run().expect("nothing here can fail");
    sum
}

/// Each item has a key of its own, which is what a flow needs whose items do not outlive it.
fn cloned_strings_as_flow(orders: &[Order]) -> u64 {
    let mut sum = 0;
    let flow = dataflow! {
        let orders = input(IterSource::new(orders));
        let by_user = orders.key_on(|order| order.user.clone());
        let lists = by_user.map_value(|order| order.amount).collect(timeout = 1h, max_size = 3);
        lists.output(|(user, list)| sum = give(sum, name(&user), &list));
    };
    flow.run().expect("nothing here can fail");
    sum
}

/// A cheap number for the names that the orders have: their last bytes differ.
pub(crate) fn name(user: &str) -> u64 {
    user.len() as u64 + user.as_bytes().iter().rev().take(3).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
