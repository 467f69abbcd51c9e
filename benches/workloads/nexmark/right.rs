//! Each query once more, plainly: with sorted maps over all events at once, and no state machine.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use nexmark::event::{Auction, Bid, Event, Person};

use super::{auction, bid, bid_digest, digest, person, seller_digest, sells_from_there};

fn bids(events: &'static [Event]) -> impl Iterator<Item = &'static Bid> {
    events.iter().filter_map(bid)
}

fn auctions(events: &'static [Event]) -> impl Iterator<Item = &'static Auction> {
    events.iter().filter_map(auction)
}

fn people(events: &'static [Event]) -> impl Iterator<Item = &'static Person> {
    events.iter().filter_map(person)
}

fn total(digests: impl Iterator<Item = u64>) -> u64 {
    digests.fold(0, u64::wrapping_add)
}

/// The items that share a key, in their order.
fn grouped<K: Ord, T>(items: impl Iterator<Item = (K, T)>) -> BTreeMap<K, Vec<T>> {
    let mut groups = BTreeMap::<K, Vec<T>>::new();
    items.for_each(|(key, item)| groups.entry(key).or_default().push(item));
    groups
}

pub(super) fn q0(events: &'static [Event]) -> u64 {
    total(bids(events).map(|bid| bid_digest(bid, bid.price)))
}

pub(super) fn q1(events: &'static [Event]) -> u64 {
    total(bids(events).map(|bid| bid_digest(bid, bid.price * 908 / 1_000)))
}

pub(super) fn q2(events: &'static [Event]) -> u64 {
    let some = bids(events).filter(|bid| bid.auction.is_multiple_of(123));
    total(some.map(|bid| digest([bid.auction as u64, bid.price as u64])))
}

pub(super) fn q3(events: &'static [Event]) -> u64 {
    let sellers: BTreeMap<_, _> =
        people(events).filter(|person| sells_from_there(person)).map(|person| (person.id, person)).collect();
    let sold = auctions(events).filter(|auction| auction.category == 10);
    total(
        sold.filter_map(|auction| sellers.get(&auction.seller).map(|person| seller_digest(person, auction))),
    )
}

pub(super) fn q4(events: &'static [Event]) -> u64 {
    let bids = grouped((events.iter().enumerate()).filter_map(|(place, event)| {
        let bid = bid(event)?;
        Some((bid.auction, (place, bid)))
    }));
    let closed = (events.iter().enumerate()).filter_map(|(place, event)| {
        let auction = auction(event)?;
        let mut valid = bids.get(&auction.id)?.iter().filter(|(bid, _)| *bid > place);
        let valid = valid.by_ref().filter(|(_, bid)| bid.date_time <= auction.expires);
        Some((auction.category, valid.map(|(_, bid)| bid.price).max()?))
    });
    total(grouped(closed).into_iter().map(|(category, prices)| {
        let mean = prices.iter().sum::<usize>() / prices.len();
        digest([category as u64, mean as u64])
    }))
}

pub(super) fn q5(events: &'static [Event]) -> u64 {
    let in_windows = bids(events).flat_map(|bid| {
        let slide = bid.date_time / 2_000;
        (slide - 4..=slide).map(move |window| (window, bid.auction))
    });
    total(grouped(in_windows).into_iter().filter_map(|(window, auctions)| {
        let counts = grouped(auctions.into_iter().map(|auction| (auction, ())));
        let counts = counts.iter().map(|(auction, bids)| (bids.len(), Reverse(*auction)));
        let (count, Reverse(auction)) = counts.max()?;
        Some(digest([window, count as u64, auction as u64]))
    }))
}

pub(super) fn q7(events: &'static [Event]) -> u64 {
    let windows = grouped(bids(events).map(|bid| (bid.date_time / 10_000, bid)));
    total(windows.into_iter().filter_map(|(window, bids)| {
        // `max_by_key` gives the last of equal ones.
        let highest = bids.iter().rev().max_by_key(|bid| bid.price)?;
        Some(digest([window, bid_digest(highest, highest.price)]))
    }))
}

pub(super) fn q8(events: &'static [Event]) -> u64 {
    let opened = grouped(auctions(events).map(|auction| ((auction.seller, auction.date_time / 10_000), ())));
    total(people(events).filter_map(|person| {
        let window = person.date_time / 10_000;
        let opened = opened.get(&(person.id, window))?;
        Some(digest([window, person.id as u64, opened.len() as u64]))
    }))
}

pub(super) fn q11(events: &'static [Event]) -> u64 {
    let bidders = grouped(bids(events).map(|bid| (bid.bidder, bid.date_time)));
    total(bidders.into_iter().flat_map(|(bidder, times)| {
        let sessions: Vec<u64> =
            times.chunk_by(|time, next| next - time <= 10_000).map(|session| session.len() as u64).collect();
        (0..).zip(sessions).map(move |(number, count)| digest([bidder as u64, number, count]))
    }))
}

pub(super) fn q12(events: &'static [Event]) -> u64 {
    let bidders = grouped(bids(events).map(|bid| (bid.bidder, ())));
    total(bidders.iter().map(|(bidder, bids)| digest([*bidder as u64, 0, bids.len() as u64])))
}

pub(super) fn q18(events: &'static [Event]) -> u64 {
    let pairs = grouped(bids(events).map(|bid| ((bid.auction, bid.bidder), bid)));
    total(pairs.into_values().filter_map(|bids| bids.last().map(|bid| bid_digest(bid, bid.price))))
}

pub(super) fn q19(events: &'static [Event]) -> u64 {
    let auctions = grouped(bids(events).map(|bid| (bid.auction, bid)));
    total(auctions.into_values().flat_map(|mut bids| {
        bids.sort_by_key(|bid| Reverse(bid.price));
        bids.into_iter().take(10).zip(0..).map(|(bid, rank)| digest([bid_digest(bid, bid.price), rank]))
    }))
}
