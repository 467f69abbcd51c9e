//! W8: dfir's own joins and folds, and the windows of our own.

use dfir_rs::dfir_syntax;
use nexmark::event::{Auction, Bid, Event, Person};

use super::run;
use crate::operators::Sessions;
use crate::operators::nexmark::{
    Change, Closing, GAP, HighestBids, HotAuctions, Mean, NewSellers, Side, add_price, bid_of, bid_on,
    change, count_digest, deed, keep, mean_digest, side, ten_digest,
};
use crate::shared::workloads::{bid, bid_digest, digest, seller_digest};

pub(crate) fn q0(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> for_each(|bid: &Bid| *result = result.wrapping_add(bid_digest(bid, bid.price)));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q1(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> map(|bid: &'static Bid| (bid, bid.price * 908 / 1_000))
            -> for_each(|(bid, price): (&Bid, usize)| *result = result.wrapping_add(bid_digest(bid, price)));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q2(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> filter(|bid: &&Bid| bid.auction.is_multiple_of(123))
            -> map(|bid: &Bid| (bid.auction, bid.price))
            -> for_each(|(auction, price)| {
                *result = result.wrapping_add(digest([auction as u64, price as u64]));
            });
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q3(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        // What is between a `tee` and a join is kept, and so what nobody asks for is left out in front of it.
        sides = source_iter(events) -> filter_map(side) -> tee();
        sides
            -> filter_map(|side| if let Side::Person(person) = side { Some((person.id, person)) } else { None })
            -> [0]pairs;
        sides
            -> filter_map(|side| match side {
                Side::Auction(auction) => Some((auction.seller, auction)),
                Side::Person(_) => None,
            })
            -> [1]pairs;
        pairs = join_multiset::<'tick>() -> for_each(|(_, (person, auction)): (usize, (&Person, &Auction))| {
            *result = result.wrapping_add(seller_digest(person, auction));
        });
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q4(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(change)
            -> fold_keyed::<'tick>(Closing::default, |closing: &mut Closing, change: Change| closing.take(change))
            -> filter_map(|(_, closing): (usize, Closing)| closing.price())
            -> fold_keyed::<'tick>(Mean::default, |mean: &mut Mean, price: usize| add_price(mean, price))
            -> for_each(|(category, mean)| *result = result.wrapping_add(mean_digest(category, mean)));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q5(events: &'static [Event]) -> u64 {
    run(events.iter().filter_map(bid_on), HotAuctions::default())
}

pub(crate) fn q7(events: &'static [Event]) -> u64 {
    run(events.iter().filter_map(bid), HighestBids::default())
}

pub(crate) fn q8(events: &'static [Event]) -> u64 {
    run(events.iter().filter_map(deed), NewSellers::default())
}

pub(crate) fn q11(events: &'static [Event]) -> u64 {
    run(events.iter().filter_map(bid_of), Sessions::new(GAP))
}

pub(crate) fn q12(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> map(|bid: &Bid| (bid.bidder, ()))
            -> fold_keyed::<'tick>(|| 0, |count: &mut u64, ()| *count += 1)
            -> for_each(|(bidder, count)| *result = result.wrapping_add(count_digest(bidder, count)));
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q18(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> map(|bid: &'static Bid| ((bid.bidder, bid.auction), bid))
            -> reduce_keyed::<'tick>(|last: &mut &'static Bid, bid: &'static Bid| *last = bid)
            -> for_each(|(_, bid): ((usize, usize), &Bid)| {
                *result = result.wrapping_add(bid_digest(bid, bid.price));
            });
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}

pub(crate) fn q19(events: &'static [Event]) -> u64 {
    let mut sum = 0_u64;
    let result = &mut sum;
    let mut flow = dfir_syntax! {
        source_iter(events)
            -> filter_map(bid)
            -> map(|bid: &'static Bid| (bid.auction, bid))
            -> fold_keyed::<'tick>(Vec::new, |ten: &mut Vec<&'static Bid>, bid: &'static Bid| {
                keep(ten, bid, |bid| bid.price);
            })
            -> for_each(|(_, ten): (usize, Vec<&Bid>)| {
                *result = result.wrapping_add(ten_digest(ten.iter().map(|bid| bid_digest(bid, bid.price))));
            });
    };
    flow.run_tick_sync();
    drop(flow);
    sum
}
