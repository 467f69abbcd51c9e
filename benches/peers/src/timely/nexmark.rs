//! W8: each query as one stateful operator, or a few; what an operator needs of the events it selects itself.

use nexmark::event::Event;
use timely::dataflow::operators::vec::{Filter, Map as _};

use super::{Stream, fold_keyed, operate, run};
use crate::operators::nexmark::{
    Closing, GAP, HighestBids, HotAuctions, NewSellers, add_price, bid_of, bid_on, change, count_digest,
    deed, keep, mean_digest, side, ten_digest,
};
use crate::operators::sellers::Sellers;
use crate::operators::{Operator, Sessions};
use crate::shared::workloads::{bid, bid_digest, digest};

pub(crate) fn q0(events: &'static [Event]) -> u64 {
    run_digests(events, |events| events.flat_map(bid), |bid| bid_digest(bid, bid.price))
}

pub(crate) fn q1(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| events.flat_map(bid).map(|bid| (bid, bid.price * 908 / 1_000)),
        |(bid, price)| bid_digest(bid, *price),
    )
}

pub(crate) fn q2(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let some = events.flat_map(bid).filter(|bid| bid.auction.is_multiple_of(123));
            some.map(|bid| (bid.auction, bid.price))
        },
        |(auction, price)| digest([*auction as u64, *price as u64]),
    )
}

pub(crate) fn q3(events: &'static [Event]) -> u64 {
    run_operator(events, side, Sellers::default())
}

pub(crate) fn q4(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let closings = fold_keyed(events, change, Closing::default, Closing::take);
            fold_keyed(closings, |(_, closing)| closing.price(), || (0, 0), add_price)
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
        |events| {
            let bidder = |event| bid(event).map(|bid| (bid.bidder, ()));
            fold_keyed(events, bidder, || 0, |count, ()| *count += 1)
        },
        |(bidder, count)| count_digest(*bidder, *count),
    )
}

pub(crate) fn q18(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let by_both = |event| bid(event).map(|bid| ((bid.bidder, bid.auction), bid));
            fold_keyed(events, by_both, || None, |last, bid| *last = Some(bid))
        },
        |(_, last)| last.map_or(0, |bid| bid_digest(bid, bid.price)),
    )
}

pub(crate) fn q19(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let by_auction = |event| bid(event).map(|bid| (bid.auction, bid));
            fold_keyed(events, by_auction, Vec::new, |ten, bid| keep(ten, bid, |bid| bid.price))
        },
        |(_, ten)| ten_digest(ten.iter().map(|bid| bid_digest(bid, bid.price))),
    )
}

/// Events through a graph into the sum of its rows' digests.
fn run_digests<R: 'static>(
    events: &'static [Event],
    graph: impl for<'scope> FnOnce(Stream<'scope, &'static Event>) -> Stream<'scope, R> + Send + Sync + 'static,
    digest: impl Fn(&R) -> u64 + Send + Sync + 'static,
) -> u64 {
    run(move || events.iter(), graph, move |sum, row| sum.wrapping_add(digest(row)))
}

/// What of the events is selected through an operator into a sum.
fn run_operator<S: 'static, O: Operator<S> + Sync>(
    events: &'static [Event],
    select: fn(&'static Event) -> Option<S>,
    operator: O,
) -> u64 {
    run(move || events.iter(), move |events| operate(events, select, operator), O::sum)
}
