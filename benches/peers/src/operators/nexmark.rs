//! W8: what the queries of all peers share.

use std::cmp::Reverse;
use std::collections::VecDeque;

use nexmark::event::{Auction, Bid, Event, Person};

use super::{Map, Operator};
use crate::shared::workloads::{self, bid, bid_digest, digest, sells_from_there};

/// How long a window is, in milliseconds.
const WINDOW: u64 = 10_000;
const SLIDE: u64 = 2_000;
const OVERLAP: usize = (WINDOW / SLIDE) as usize;

/// The longest pause in a session of bids, in nanoseconds.
pub(crate) const GAP: i64 = 10_000_000_000;

/// One of the two sides that q3 joins.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Person(&'static Person),
    Auction(&'static Auction),
}

pub(crate) fn side(event: &'static Event) -> Option<Side> {
    match event {
        Event::Person(person) if sells_from_there(person) => Some(Side::Person(person)),
        Event::Auction(auction) if auction.category == 10 => Some(Side::Auction(auction)),
        _ => None,
    }
}

/// What happens to an auction.
#[derive(Clone, Copy)]
pub(crate) enum Change {
    Opened { category: usize, expires: u64 },
    Bid { price: usize, time: u64 },
}

/// An auction, and what happens to it.
pub(crate) fn change(event: &'static Event) -> Option<(usize, Change)> {
    match event {
        Event::Auction(auction) => {
            Some((auction.id, Change::Opened { category: auction.category, expires: auction.expires }))
        }
        Event::Bid(bid) => Some((bid.auction, Change::Bid { price: bid.price, time: bid.date_time })),
        Event::Person(_) => None,
    }
}

/// The category of an auction and the time when it ends, and the highest price until then.
#[derive(Clone, Copy, Default)]
pub(crate) struct Closing {
    opened: Option<(usize, u64)>,
    highest: usize,
}

impl Closing {
    pub(crate) fn take(&mut self, change: Change) {
        match (change, self.opened) {
            (Change::Opened { category, expires }, _) => self.opened = Some((category, expires)),
            (Change::Bid { price, time }, Some((_, expires))) if time <= expires => {
                self.highest = self.highest.max(price);
            }
            _ => {}
        }
    }

    /// Category and price of what was sold.
    pub(crate) fn price(self) -> Option<(usize, usize)> {
        let (category, _) = self.opened.filter(|_| self.highest > 0)?;
        Some((category, self.highest))
    }
}

/// The sum of some prices, and how many they are.
pub(crate) type Mean = (usize, usize);

pub(crate) fn add_price((sum, count): &mut Mean, price: usize) {
    *sum += price;
    *count += 1;
}

pub(crate) fn mean_digest(category: usize, (sum, count): Mean) -> u64 {
    digest([category as u64, (sum / count) as u64])
}

/// The auction and the time of a bid.
pub(crate) fn bid_on(event: &'static Event) -> Option<(usize, u64)> {
    bid(event).map(|bid| (bid.auction, bid.date_time))
}

/// q5: counts by slide, of which a window has five.
#[derive(Clone, Default)]
pub(crate) struct HotAuctions {
    /// The last slide, and what those have that are in a window with it.
    last: u64,
    slides: VecDeque<Map<usize, u64>>,
    counts: Map<usize, u64>,
}

impl HotAuctions {
    /// Gives the window that ends with the last slide, and goes on to the next.
    fn close(&mut self, give: &mut impl FnMut((u64, u64, usize))) {
        self.counts.clear();
        for (auction, count) in self.slides.iter().flatten() {
            *self.counts.entry(*auction).or_default() += count;
        }
        let hot = self.counts.iter().map(|(auction, count)| (*count, Reverse(*auction))).max();
        if let Some((count, Reverse(auction))) = hot {
            give((self.last + 1 - OVERLAP as u64, count, auction));
        }
        let oldest = if self.slides.len() == OVERLAP { self.slides.pop_front() } else { None };
        let mut counts = oldest.unwrap_or_default();
        counts.clear();
        self.slides.push_back(counts);
        self.last += 1;
    }
}

impl Operator<(usize, u64)> for HotAuctions {
    /// Window, count and auction.
    type Row = (u64, u64, usize);

    fn take(&mut self, (auction, time): (usize, u64), mut give: impl FnMut(Self::Row)) {
        let now = time / SLIDE;
        if self.slides.is_empty() {
            self.slides.push_back(Map::default());
            self.last = now;
        }
        while self.last < now {
            self.close(&mut give);
        }
        if let Some(counts) = self.slides.back_mut() {
            *counts.entry(auction).or_default() += 1;
        }
    }

    fn end(&mut self, mut give: impl FnMut(Self::Row)) {
        for _ in 0..OVERLAP {
            self.close(&mut give);
        }
    }

    fn sum(sum: u64, (window, count, auction): &Self::Row) -> u64 {
        sum.wrapping_add(digest([*window, *count, *auction as u64]))
    }
}

/// q7: the window, and the first of its highest bids.
#[derive(Clone, Default)]
pub(crate) struct HighestBids {
    highest: Option<(u64, &'static Bid)>,
}

impl Operator<&'static Bid> for HighestBids {
    type Row = (u64, &'static Bid);

    fn take(&mut self, bid: &'static Bid, mut give: impl FnMut(Self::Row)) {
        let now = bid.date_time / WINDOW;
        match self.highest {
            Some((window, highest)) if window == now && highest.price >= bid.price => {}
            Some((window, _)) if window == now => self.highest = Some((now, bid)),
            before => {
                before.into_iter().for_each(&mut give);
                self.highest = Some((now, bid));
            }
        }
    }

    fn end(&mut self, give: impl FnMut(Self::Row)) {
        self.highest.take().into_iter().for_each(give);
    }

    fn sum(sum: u64, (window, bid): &Self::Row) -> u64 {
        sum.wrapping_add(digest([*window, bid_digest(bid, bid.price)]))
    }
}

/// Somebody who has just come, or who opens an auction.
#[derive(Clone, Copy)]
pub(crate) struct Deed {
    pub(crate) person: usize,
    time: u64,
    is_first: bool,
}

pub(crate) fn deed(event: &'static Event) -> Option<Deed> {
    match event {
        Event::Person(person) => Some(Deed { person: person.id, time: person.date_time, is_first: true }),
        Event::Auction(auction) => {
            Some(Deed { person: auction.seller, time: auction.date_time, is_first: false })
        }
        Event::Bid(_) => None,
    }
}

/// q8: each person's window, whether they came in it, and how many auctions they opened.
#[derive(Clone, Default)]
pub(crate) struct NewSellers {
    people: Map<usize, (u64, bool, u64)>,
}

impl Operator<Deed> for NewSellers {
    /// Window, person, and how many auctions.
    type Row = (u64, usize, u64);

    fn take(&mut self, deed: Deed, mut give: impl FnMut(Self::Row)) {
        let now = deed.time / WINDOW;
        let (window, is_new, auctions) = self.people.entry(deed.person).or_insert((now, false, 0));
        if *window != now {
            if *is_new && *auctions > 0 {
                give((*window, deed.person, *auctions));
            }
            (*window, *is_new, *auctions) = (now, false, 0);
        }
        *is_new |= deed.is_first;
        *auctions += u64::from(!deed.is_first);
    }

    fn end(&mut self, mut give: impl FnMut(Self::Row)) {
        for (person, (window, is_new, auctions)) in self.people.drain() {
            if is_new && auctions > 0 {
                give((window, person, auctions));
            }
        }
    }

    fn sum(sum: u64, (window, person, auctions): &Self::Row) -> u64 {
        sum.wrapping_add(digest([*window, *person as u64, *auctions]))
    }
}

/// q11: a bid as an event of its bidder.
pub(crate) fn bid_of(event: &'static Event) -> Option<workloads::Event> {
    let event_of = |bid: &Bid| workloads::Event {
        key: bid.bidder as u64,
        time: bid.date_time.cast_signed() * 1_000_000,
        value: bid.price as u64,
    };
    bid(event).map(event_of)
}

/// q12: the window that the clock stands still in, and how many bids somebody made in it.
pub(crate) fn count_digest(bidder: usize, count: u64) -> u64 {
    digest([bidder as u64, 0, count])
}

/// q19: keeps the ten highest, of equal ones the earlier.
pub(crate) fn keep<T>(ten: &mut Vec<T>, bid: T, price: impl Fn(&T) -> usize) {
    if ten.len() == 10 && price(&ten[9]) >= price(&bid) {
        return;
    }
    ten.truncate(9);
    let place = ten.partition_point(|higher| price(higher) >= price(&bid));
    ten.insert(place, bid);
}

/// The sum of the digests of bids with their ranks.
pub(crate) fn ten_digest(bids: impl Iterator<Item = u64>) -> u64 {
    bids.zip(0..).map(|(bid, rank)| digest([bid, rank])).fold(0, u64::wrapping_add)
}
