//! W8: what goes by `group_by` has few fields, which are copied.

use nexmark::event::{Bid, Event};
use renoir::Stream;
use renoir::operator::Operator as Stage;
use renoir::operator::source::IteratorSource;
use serde::{Deserialize, Serialize};

use super::{pull, run, total};
use crate::operators::nexmark::{
    Closing, GAP, HighestBids, HotAuctions, NewSellers, add_price, bid_of, bid_on, change, count_digest,
    deed, keep, mean_digest, ten_digest,
};
use crate::operators::{Operator, Sessions};
use crate::shared::workloads::{self, bid, bid_digest, digest, digest_bytes, sells_from_there};

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

pub(crate) fn q3(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let sides = (events.filter_map(side).route())
                .add_route(|side| matches!(side, Side::Person { .. }))
                .add_route(|side| matches!(side, Side::Auction { .. }))
                .build();
            let mut sides = sides.into_iter();
            let mut next = || sides.next().expect("there are two routes");
            let people = next().filter_map(|side| match side {
                Side::Person { person, name, city } => Some((person, name, city)),
                Side::Auction { .. } => None,
            });
            let auctions = next().filter_map(|side| match side {
                Side::Auction { seller, auction } => Some((seller, auction)),
                Side::Person { .. } => None,
            });
            people.join(auctions, |(person, _, _)| *person, |(seller, _)| *seller).drop_key()
        },
        |((_, name, city), (_, auction))| {
            digest([digest_bytes(name.as_bytes()), digest_bytes(city.as_bytes()), *auction as u64])
        },
    )
}

pub(crate) fn q4(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let closings = (events.filter_map(change).group_by(|(auction, _)| *auction))
                .fold(Closing::default(), |closing, (_, change)| closing.take(change));
            (closings.drop_key().filter_map(Closing::price))
                .group_by_fold(
                    |(category, _)| *category,
                    (0, 0),
                    |mean, (_, price)| add_price(mean, price),
                    |(sum, count), (more, others)| (*sum, *count) = (*sum + more, *count + others),
                )
                .unkey()
        },
        |(category, mean)| mean_digest(*category, *mean),
    )
}

pub(crate) fn q5(events: &'static [Event]) -> u64 {
    run(
        events.iter(),
        |events| {
            (events.filter_map(bid_on).group_by(|(auction, _)| *auction))
                .rich_map_custom(pull(HotAuctions::default(), |(_, bid)| bid))
        },
        HotAuctions::sum,
    )
}

/// There is one source, and no key to part its bids by.
pub(crate) fn q7(events: &'static [Event]) -> u64 {
    run(
        events.iter(),
        |events| events.filter_map(bid).rich_map_custom(pull(HighestBids::default(), |bid| bid)),
        HighestBids::sum,
    )
}

pub(crate) fn q8(events: &'static [Event]) -> u64 {
    run(
        events.iter(),
        |events| {
            (events.filter_map(deed).group_by(|deed| deed.person))
                .rich_map_custom(pull(NewSellers::default(), |(_, deed)| deed))
        },
        NewSellers::sum,
    )
}

pub(crate) fn q11(events: &'static [Event]) -> u64 {
    run(
        events.iter(),
        |events| {
            let bids = events.filter_map(|event| bid_of(event).map(|bid| (bid.key, bid.time)));
            let event = |(key, (_, time))| workloads::Event { key, time, value: 0 };
            bids.group_by(|(bidder, _)| *bidder).rich_map_custom(pull(Sessions::new(GAP), event))
        },
        Sessions::sum,
    )
}

pub(crate) fn q12(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            (events.filter_map(bid)).group_by_fold(|bid| bid.bidder, 0, |count, _| *count += 1, total).unkey()
        },
        |(bidder, count)| count_digest(*bidder, *count),
    )
}

pub(crate) fn q18(events: &'static [Event]) -> u64 {
    run_digests(
        events,
        |events| {
            let by_both = events.filter_map(bid).group_by_fold(
                |bid| (bid.bidder, bid.auction),
                None,
                |last, bid| *last = Some(Offer::of(bid)),
                |last, later| *last = later,
            );
            by_both.unkey()
        },
        |(_, last)| last.as_ref().map_or(0, Offer::digest),
    )
}

pub(crate) fn q19(events: &'static [Event]) -> u64 {
    let price = |bid: &Offer| bid.price;
    run_digests(
        events,
        |events| {
            let by_auction = events.filter_map(bid).group_by_fold(
                |bid| bid.auction,
                Vec::new(),
                move |ten, bid| keep(ten, Offer::of(bid), price),
                move |ten, others: Vec<_>| others.into_iter().for_each(|bid| keep(ten, bid, price)),
            );
            by_auction.unkey()
        },
        |(_, ten)| ten_digest(ten.iter().map(Offer::digest)),
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

/// What of a bid comes out.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Offer {
    auction: usize,
    bidder: usize,
    price: usize,
    time: u64,
}

impl Offer {
    fn of(bid: &Bid) -> Self {
        Self { auction: bid.auction, bidder: bid.bidder, price: bid.price, time: bid.date_time }
    }

    fn digest(&self) -> u64 {
        digest([self.auction as u64, self.bidder as u64, self.price as u64, self.time])
    }
}

/// What q3 joins.
#[derive(Clone, Serialize, Deserialize)]
enum Side {
    Person { person: usize, name: String, city: String },
    Auction { seller: usize, auction: usize },
}

fn side(event: &'static Event) -> Option<Side> {
    match event {
        Event::Person(person) if sells_from_there(person) => {
            Some(Side::Person { person: person.id, name: person.name.clone(), city: person.city.clone() })
        }
        Event::Auction(auction) if auction.category == 10 => {
            Some(Side::Auction { seller: auction.seller, auction: auction.id })
        }
        _ => None,
    }
}
