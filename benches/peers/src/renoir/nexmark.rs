//! W8: renoir's own folds, and the windows and the join of our own.

use nexmark::event::Event;
use renoir::Stream;
use renoir::operator::Operator as Stage;
use renoir::operator::source::IteratorSource;

use super::{pull, run};
use crate::operators::nexmark::{
    Closing, GAP, HighestBids, HotAuctions, NewSellers, add_price, bid_of, bid_on, change, count_digest,
    deed, keep, mean_digest, side, ten_digest,
};
use crate::operators::sellers::Sellers;
use crate::operators::{Operator, Sessions};
use crate::shared::workloads::{bid, bid_digest, digest};

pub(crate) fn q0(events: &'static [Event]) -> u64 {
    run_digests(events, |events| events.filter_map(bid), |bid| bid_digest(bid, bid.price))
}

pub(crate) fn q1(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| events.filter_map(bid).map(|bid| (bid, bid.price * 908 / 1_000)),
        |(bid, price)| bid_digest(bid, *price),
    )
}

pub(crate) fn q2(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let some = events.filter_map(bid).filter(|bid| bid.auction.is_multiple_of(123));
            some.map(|bid| (bid.auction, bid.price))
        },
        |(auction, price)| digest([*auction as u64, *price as u64]),
    )
}

/// renoir's `join` takes its sides by way of two more threads, and what it joins has to be serializable.
pub(crate) fn q3(events: &'static [Event]) -> u64 {
    run_operator(events, side, Sellers::default())
}

pub(crate) fn q4(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let closings = (events.filter_map(change).key_by(|(auction, _)| *auction))
                .fold(Closing::default(), |closing, (_, change)| closing.take(change));
            let prices = closings.drop_key().filter_map(Closing::price);
            (prices.key_by(|(category, _)| *category))
                .fold((0, 0), |mean, (_, price)| add_price(mean, price))
                .unkey()
        },
        |(category, mean)| mean_digest(*category, *mean),
    )
}

pub(crate) fn q5(events: &'static [Event]) -> u64 {
    run_operator(events, bid_on, HotAuctions::default())
}

pub(crate) fn q7(events: &'static [Event]) -> u64 {
    run_operator(events, bid, HighestBids::default())
}

pub(crate) fn q8(events: &'static [Event]) -> u64 {
    run_operator(events, deed, NewSellers::default())
}

pub(crate) fn q11(events: &'static [Event]) -> u64 {
    run_operator(events, bid_of, Sessions::new(GAP))
}

pub(crate) fn q12(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| events.filter_map(bid).key_by(|bid| bid.bidder).fold(0, |count, _| *count += 1).unkey(),
        |(bidder, count)| count_digest(*bidder, *count),
    )
}

pub(crate) fn q18(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let by_both = events.filter_map(bid).key_by(|bid| (bid.bidder, bid.auction));
            by_both.reduce(|last, bid| *last = bid).drop_key()
        },
        |bid| bid_digest(bid, bid.price),
    )
}

pub(crate) fn q19(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            (events.filter_map(bid).key_by(|bid| bid.auction))
                .fold(Vec::new(), |ten, bid| keep(ten, bid, |bid| bid.price))
                .drop_key()
        },
        |ten| ten_digest(ten.iter().map(|bid| bid_digest(bid, bid.price))),
    )
}

type Events = std::slice::Iter<'static, Event>;

/// Events through a graph into the sum of its rows' digests.
fn run_digests<S: Stage + 'static>(
    events: &'static [Event],
    graph: impl FnOnce(Stream<IteratorSource<Events>>) -> Stream<S>,
    digest: impl Fn(&S::Out) -> u64 + Clone + Send + 'static,
) -> u64 {
    run(events.iter(), graph, move |sum, row| sum.wrapping_add(digest(row)))
}

/// What of the events is selected through an operator of our own into a sum.
fn run_operator<T: Clone + Send + 'static, O: Operator<T>>(
    events: &'static [Event],
    select: fn(&'static Event) -> Option<T>,
    operator: O,
) -> u64 {
    run(events.iter(), |events| events.filter_map(select).rich_map_custom(pull(operator)), O::sum)
}
