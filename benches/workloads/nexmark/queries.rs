//! Each query by hand and as a flow.

use chrono::DateTime;
use flow::time::StillTime;
use hashbrown::HashMap;
use nexmark::event::{Auction, Bid, Event, Person};
use rustc_hash::FxBuildHasher;

use super::{bid, bid_digest, digest, seller_digest, sells_from_there, time};

type Map<K, V> = HashMap<K, V, FxBuildHasher>;

const WINDOW: u64 = 10_000;

fn still() -> StillTime {
    StillTime::at(DateTime::UNIX_EPOCH)
}

pub(super) mod q0 {
    use flow::prelude::*;

    use super::{Event, bid, bid_digest};

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        for event in events {
            if let Event::Bid(bid) = event {
                sum = sum.wrapping_add(bid_digest(bid, bid.price));
            }
        }
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            bids.output(|bid| sum = sum.wrapping_add(bid_digest(bid, bid.price)));
        };
        flow.run().expect("nothing here can fail");
        sum
    }
}

pub(super) mod q1 {
    use flow::prelude::*;

    use super::{Bid, Event, bid, bid_digest};

    struct Converted {
        bid: &'static Bid,
        price: usize,
    }

    fn convert(bid: &'static Bid) -> Converted {
        Converted { bid, price: bid.price * 908 / 1_000 }
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        for event in events {
            if let Event::Bid(bid) = event {
                let converted = convert(bid);
                sum = sum.wrapping_add(bid_digest(converted.bid, converted.price));
            }
        }
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let converted = bids.map(convert);
            converted.output(|converted| {
                sum = sum.wrapping_add(bid_digest(converted.bid, converted.price));
            });
        };
        flow.run().expect("nothing here can fail");
        sum
    }
}

pub(super) mod q2 {
    use flow::prelude::*;

    use super::{Event, bid, digest};

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        for event in events {
            if let Event::Bid(bid) = event
                && bid.auction % 123 == 0
            {
                sum = sum.wrapping_add(digest([bid.auction as u64, bid.price as u64]));
            }
        }
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let some = bids.filter(|bid| bid.auction % 123 == 0);
            let prices = some.map(|bid| (bid.auction, bid.price));
            prices.output(|(auction, price)| {
                sum = sum.wrapping_add(digest([auction as u64, price as u64]));
            });
        };
        flow.run().expect("nothing here can fail");
        sum
    }
}

pub(super) mod q3 {
    use flow::prelude::*;

    use super::{Auction, Event, Map, Person, seller_digest, sells_from_there};

    /// What of a seller there is: the auctions wait until their seller is known.
    enum Seller {
        Unknown(Vec<&'static Auction>),
        Known(&'static Person),
    }

    enum Side {
        Person(&'static Person),
        Auction(&'static Auction),
    }

    fn side(event: &'static Event) -> Option<(usize, Side)> {
        match event {
            Event::Person(person) if sells_from_there(person) => Some((person.id, Side::Person(person))),
            Event::Auction(auction) if auction.category == 10 => {
                Some((auction.seller, Side::Auction(auction)))
            }
            _ => None,
        }
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut sellers: Map<usize, Seller> = Map::default();
        let mut sum = 0_u64;
        for event in events {
            let Some((id, side)) = side(event) else { continue };
            let seller = sellers.entry(id).or_insert(Seller::Unknown(Vec::new()));
            match (seller, side) {
                (Seller::Known(person), Side::Auction(auction)) => {
                    sum = sum.wrapping_add(seller_digest(person, auction));
                }
                (Seller::Unknown(waiting), Side::Auction(auction)) => waiting.push(auction),
                (seller, Side::Person(person)) => {
                    if let Seller::Unknown(waiting) = std::mem::replace(seller, Seller::Known(person)) {
                        for auction in waiting {
                            sum = sum.wrapping_add(seller_digest(person, auction));
                        }
                    }
                }
            }
        }
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let sides = events.filter_map(side);
            let by_id = sides.key_on(|(id, _)| *id).map_value(|(_, side)| side);
            let pairs = by_id.stateful_flat_map(|seller, side| match (seller, side) {
                (Some(Seller::Known(person)), Side::Auction(auction)) => {
                    (Some(Seller::Known(person)), Some(rows(person, Vec::new(), Some(auction))))
                }
                (Some(Seller::Unknown(mut waiting)), Side::Auction(auction)) => {
                    waiting.push(auction);
                    (Some(Seller::Unknown(waiting)), None)
                }
                (None, Side::Auction(auction)) => (Some(Seller::Unknown(vec![auction])), None),
                (Some(Seller::Unknown(waiting)), Side::Person(person)) => {
                    (Some(Seller::Known(person)), Some(rows(person, waiting, None)))
                }
                (_, Side::Person(person)) => (Some(Seller::Known(person)), None),
            });
            let rows = pairs.flat_map_value(|rows| rows);
            rows.output(|(_, (person, auction))| sum = sum.wrapping_add(seller_digest(person, auction)));
        };
        flow.run().expect("nothing here can fail");
        sum
    }

    type Pair = (&'static Person, &'static Auction);

    fn rows(
        person: &'static Person,
        waiting: Vec<&'static Auction>,
        one: Option<&'static Auction>,
    ) -> impl Iterator<Item = Pair> {
        waiting.into_iter().chain(one).map(move |auction| (person, auction))
    }
}

pub(super) mod q4 {
    use flow::prelude::*;

    use super::{Auction, Event, Map, digest};

    /// An auction, and the highest price while it was open.
    type Closing = (Option<&'static Auction>, usize);

    fn take((auction, highest): Closing, event: &'static Event) -> Closing {
        match (auction, event) {
            (_, Event::Auction(auction)) => (Some(auction), highest),
            (Some(auction), Event::Bid(bid)) if bid.date_time <= auction.expires => {
                (Some(auction), highest.max(bid.price))
            }
            _ => (auction, highest),
        }
    }

    fn auction_of(event: &'static Event) -> Option<(usize, &'static Event)> {
        match event {
            Event::Auction(auction) => Some((auction.id, event)),
            Event::Bid(bid) => Some((bid.auction, event)),
            Event::Person(_) => None,
        }
    }

    fn mean_digest(category: usize, (sum, count): (usize, usize)) -> u64 {
        digest([category as u64, (sum / count) as u64])
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut auctions: Map<usize, Closing> = Map::default();
        for event in events {
            if let Some((id, event)) = auction_of(event) {
                let closing = auctions.entry(id).or_default();
                *closing = take(*closing, event);
            }
        }
        let mut categories: Map<usize, (usize, usize)> = Map::default();
        for (auction, highest) in auctions.into_values() {
            if let Some(auction) = auction
                && highest > 0
            {
                let (sum, count) = categories.entry(auction.category).or_default();
                *sum += highest;
                *count += 1;
            }
        }
        categories.into_iter().map(|(category, mean)| mean_digest(category, mean)).fold(0, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut total = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let of_auctions = events.filter_map(|event| auction_of(event));
            let by_auction = of_auctions.key_on(|(id, _)| *id).map_value(|(_, event)| event);
            let closings = by_auction.fold_final(
                builder = || (None, 0),
                folder = |closing, event| take(closing, event),
            );
            let prices = closings.filter_map(|(_, (auction, highest))| match auction {
                Some(auction) if highest > 0 => Some((auction.category, highest)),
                _ => None,
            });
            let by_category = prices.key_on(|(category, _)| *category).map_value(|(_, price)| price);
            let means = by_category.fold_final(
                builder = || (0, 0),
                folder = |(sum, count), price| (sum + price, count + 1),
            );
            means.output(|(category, mean)| total = total.wrapping_add(mean_digest(category, mean)));
        };
        flow.run().expect("nothing here can fail");
        total
    }
}

pub(super) mod q5 {
    use flow::prelude::*;

    use super::{DateTime, Event, Map, WINDOW, bid, digest, still, time};
    use std::cmp::Reverse;

    const SLIDE: u64 = 2_000;
    const OVERLAP: u64 = WINDOW / SLIDE;

    fn hot_digest(window: u64, count: u64, auction: usize) -> u64 {
        digest([window, count, auction as u64])
    }

    /// Counts by slide; a window is the sum of five of them.
    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut panes: std::collections::VecDeque<Map<usize, u64>> = std::collections::VecDeque::new();
        let mut counts: Map<usize, u64> = Map::default();
        let (mut pane, mut sum) = (0, 0_u64);
        let mut close = |panes: &mut std::collections::VecDeque<Map<usize, u64>>, pane: u64| {
            counts.clear();
            for (auction, count) in panes.iter().flatten() {
                *counts.entry(*auction).or_default() += count;
            }
            if let Some((count, Reverse(auction))) =
                counts.iter().map(|(auction, count)| (*count, Reverse(*auction))).max()
            {
                sum = sum.wrapping_add(hot_digest(pane + 1 - OVERLAP, count, auction));
            }
            let mut oldest =
                if panes.len() as u64 == OVERLAP { panes.pop_front() } else { None }.unwrap_or_default();
            oldest.clear();
            panes.push_back(oldest);
        };
        for event in events {
            let Event::Bid(bid) = event else { continue };
            let now = bid.date_time / SLIDE;
            if panes.is_empty() {
                panes.push_back(Map::default());
                pane = now;
            }
            while pane < now {
                close(&mut panes, pane);
                pane += 1;
            }
            if let Some(counts) = panes.back_mut() {
                *counts.entry(bid.auction).or_default() += 1;
            }
        }
        for pane in pane..pane + OVERLAP {
            close(&mut panes, pane);
        }
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let by_auction = bids.key_on(|bid| bid.auction);
            let counts = by_auction.count_window(
                clock = EventClock(|bid| time(bid.date_time), wait_for_system_duration = 0s),
                windower = SlidingWindower(length = 10s, offset = 2s, align_to = DateTime::UNIX_EPOCH),
            );
            let by_window = counts.down.map(|(auction, (window, count))| (window, (count, Reverse(auction))))
                .key_on(|(window, _)| *window)
                .map_value(|(_, count)| count);
            let hot = by_window.max_final();
            hot.output(|(window, (count, Reverse(auction)))| {
                sum = sum.wrapping_add(hot_digest(window.cast_unsigned(), count, auction));
            });
        };
        flow.run_in(still()).expect("nothing here can fail");
        sum
    }
}

pub(super) mod q7 {
    use flow::prelude::*;

    use super::{Bid, DateTime, Event, WINDOW, bid, bid_digest, digest, still, time};

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut best: Option<(u64, &Bid)> = None;
        let mut sum = 0_u64;
        let mut close = |best: Option<(u64, &Bid)>| {
            if let Some((window, bid)) = best {
                sum = sum.wrapping_add(digest([window, bid_digest(bid, bid.price)]));
            }
        };
        for event in events {
            let Event::Bid(bid) = event else { continue };
            let now = bid.date_time / WINDOW;
            match best {
                Some((window, best)) if window == now && best.price >= bid.price => {}
                Some((window, _)) if window == now => best = Some((now, bid)),
                _ => {
                    close(best);
                    best = Some((now, bid));
                }
            }
        }
        close(best);
        sum
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event)).key_on(|_| "ALL");
            let highest = bids.max_window(
                clock = EventClock(|bid| time(bid.date_time), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH),
                by = |bid| bid.price,
            );
            highest.down.output(|(_, (window, bid))| {
                sum = sum.wrapping_add(digest([window.cast_unsigned(), bid_digest(bid, bid.price)]));
            });
        };
        flow.run_in(still()).expect("nothing here can fail");
        sum
    }
}

pub(super) mod q8 {
    use flow::prelude::*;

    use super::{DateTime, Event, Map, Person, WINDOW, digest, still, time};

    /// A person, and how many auctions they opened.
    type New = (Option<&'static Person>, u64);

    fn side(event: &'static Event) -> Option<(usize, &'static Event)> {
        match event {
            Event::Person(person) => Some((person.id, event)),
            Event::Auction(auction) => Some((auction.seller, event)),
            Event::Bid(_) => None,
        }
    }

    fn take((new, auctions): New, event: &'static Event) -> New {
        match event {
            Event::Person(person) => (Some(person), auctions),
            _ => (new, auctions + 1),
        }
    }

    fn new_digest(window: u64, new: New) -> u64 {
        match new {
            (Some(person), auctions) if auctions > 0 => digest([window, person.id as u64, auctions]),
            _ => 0,
        }
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut people: Map<usize, (u64, New)> = Map::default();
        let mut sum = 0_u64;
        for event in events {
            let Some((id, event)) = side(event) else { continue };
            let window = event.timestamp() / WINDOW;
            let (open, new) = people.entry(id).or_insert((window, New::default()));
            if *open != window {
                sum = sum.wrapping_add(new_digest(*open, *new));
                (*open, *new) = (window, New::default());
            }
            *new = take(*new, event);
        }
        people.into_values().map(|(window, new)| new_digest(window, new)).fold(sum, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let sides = events.filter_map(side);
            let by_id = sides.key_on(|(id, _)| *id).map_value(|(_, event)| event);
            let new = by_id.fold_window(
                clock = EventClock(|event| time(event.timestamp()), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH),
                builder = || (None, 0),
                folder = |new, event| take(new, event),
                merger = |new, _| new,
                ordered = false,
            );
            new.down.output(|(_, (window, new))| {
                sum = sum.wrapping_add(new_digest(window.cast_unsigned(), new));
            });
        };
        flow.run_in(still()).expect("nothing here can fail");
        sum
    }
}

pub(super) mod q11 {
    use flow::prelude::*;

    use super::{Event, Map, WINDOW, bid, digest, still, time};

    struct Session {
        number: u64,
        last: u64,
        count: u64,
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut sessions: Map<usize, Session> = Map::default();
        let mut sum = 0_u64;
        for event in events {
            let Event::Bid(bid) = event else { continue };
            let first = Session { number: 0, last: bid.date_time, count: 0 };
            let session = sessions.entry(bid.bidder).or_insert(first);
            if bid.date_time - session.last > WINDOW {
                sum = sum.wrapping_add(digest([bid.bidder as u64, session.number, session.count]));
                session.number += 1;
                session.count = 0;
            }
            session.last = bid.date_time;
            session.count += 1;
        }
        let rest =
            sessions.iter().map(|(bidder, session)| digest([*bidder as u64, session.number, session.count]));
        rest.fold(sum, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let by_bidder = bids.key_on(|bid| bid.bidder);
            let sessions = by_bidder.count_window(
                clock = EventClock(|bid| time(bid.date_time), wait_for_system_duration = 0s),
                windower = SessionWindower(gap = 10s),
            );
            sessions.down.output(|(bidder, (session, count))| {
                sum = sum.wrapping_add(digest([bidder as u64, session.cast_unsigned(), count]));
            });
        };
        flow.run_in(still()).expect("nothing here can fail");
        sum
    }
}

pub(super) mod q12 {
    use flow::prelude::*;

    use super::{DateTime, Event, Map, bid, digest, still};

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut counts: Map<usize, u64> = Map::default();
        for event in events {
            if let Event::Bid(bid) = event {
                *counts.entry(bid.bidder).or_default() += 1;
            }
        }
        counts.iter().map(|(bidder, count)| digest([*bidder as u64, 0, *count])).fold(0, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let by_bidder = bids.key_on(|bid| bid.bidder);
            let counts = by_bidder.count_window(
                clock = SystemClock(),
                windower = TumblingWindower(length = 10s, align_to = DateTime::UNIX_EPOCH),
            );
            counts.down.output(|(bidder, (window, count))| {
                sum = sum.wrapping_add(digest([bidder as u64, window.cast_unsigned(), count]));
            });
        };
        flow.run_in(still()).expect("nothing here can fail");
        sum
    }
}

pub(super) mod q18 {
    use flow::prelude::*;

    use super::{Bid, Event, Map, bid, bid_digest};

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut last: Map<(usize, usize), &Bid> = Map::default();
        for event in events {
            if let Event::Bid(bid) = event {
                last.insert((bid.bidder, bid.auction), bid);
            }
        }
        last.values().map(|bid| bid_digest(bid, bid.price)).fold(0, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let by_both = bids.key_on(|bid| (bid.bidder, bid.auction));
            let last = by_both.reduce_final(|_, next| next);
            last.output(|(_, bid)| sum = sum.wrapping_add(bid_digest(bid, bid.price)));
        };
        flow.run().expect("nothing here can fail");
        sum
    }
}

pub(super) mod q19 {
    use flow::prelude::*;

    use super::{Bid, Event, Map, bid, bid_digest, digest};

    /// Keeps the ten highest, of equal ones the earlier.
    fn keep(ten: &mut Vec<&'static Bid>, bid: &'static Bid) {
        if ten.len() == 10 && ten[9].price >= bid.price {
            return;
        }
        ten.truncate(9);
        let place = ten.partition_point(|higher| higher.price >= bid.price);
        ten.insert(place, bid);
    }

    fn ten_digest(ten: &[&Bid]) -> u64 {
        ten.iter()
            .zip(0..)
            .map(|(bid, rank)| digest([bid_digest(bid, bid.price), rank]))
            .fold(0, u64::wrapping_add)
    }

    pub(in super::super) fn by_hand(events: &'static [Event]) -> u64 {
        let mut auctions: Map<usize, Vec<&Bid>> = Map::default();
        for event in events {
            if let Event::Bid(bid) = event {
                keep(auctions.entry(bid.auction).or_default(), bid);
            }
        }
        auctions.values().map(|ten| ten_digest(ten)).fold(0, u64::wrapping_add)
    }

    pub(in super::super) fn as_flow(events: &'static [Event]) -> u64 {
        let mut sum = 0_u64;
        let flow = dataflow! {
            let events = input(IterSource::new(events));
            let bids = events.filter_map(|event| bid(event));
            let by_auction = bids.key_on(|bid| bid.auction);
            let highest = by_auction.fold_final(
                builder = Vec::new,
                folder = |ten, bid| {
                    let mut ten = ten;
                    keep(&mut ten, bid);
                    ten
                },
            );
            highest.output(|(_, ten)| sum = sum.wrapping_add(ten_digest(&ten)));
        };
        flow.run().expect("nothing here can fail");
        sum
    }
}
