//! W8: queries of Nexmark on events that were made before.
//!
//! Each query has a third form, written plainly and in another way, that only says what is right.
//!
//! | query | what it asks here |
//! |---|---|
//! | q0 | the bids |
//! | q1 | the bids, in another currency |
//! | q2 | the bids on every 123rd auction |
//! | q3 | who of three states sells something of category 10: each auction with its seller, when both are there |
//! | q4 | the mean of the closing prices of each category; bids in front of their auction do not count |
//! | q5 | which auction has most bids in windows of 10 s that begin every 2 s; of several the least id |
//! | q7 | the first of the highest bids of each 10 s |
//! | q8 | who opens an auction in the 10 s in which they came |
//! | q11 | how many bids people make in sessions with a gap of 10 s |
//! | q12 | how many bids people make in 10 s by the system's clock, which stands still here |
//! | q18 | the last bid of each person on each auction |
//! | q19 | the ten highest bids on each auction |

mod queries;
mod right;

use flow::time::Timestamp;
use nexmark::EventGenerator;
use nexmark::config::NexmarkConfig;
use nexmark::event::{Auction, Bid, Event, Person};

use super::data::{digest, digest_bytes};
use super::{Contestant, Workload};

macro_rules! workloads {
    ($($query:ident $name:literal $what:literal)*) => {
        pub(super) const WORKLOADS: &[Workload] = &[$(Workload {
            name: concat!("w8-", $name),
            what: concat!("Nexmark ", $name, ": ", $what),
            item: "event",
            items: 1_000_000,
            sample: 20_000,
            contestants: |items, peers| {
                let events = events(items);
                let mut all = vec![
                    Contestant::new("hand", || queries::$query::by_hand(events)),
                    Contestant::new("flow", || queries::$query::as_flow(events)),
                    Contestant::checking("what is right", || right::$query(events)),
                ];
                all.extend(peers.nexmark($name, events));
                all
            },
        }),*];
    };
}

workloads! {
    q0 "q0" "the bids"
    q1 "q1" "the bids in another currency"
    q2 "q2" "the bids on every 123rd auction"
    q3 "q3" "who of three states sells what"
    q4 "q4" "the mean of the closing prices of a category"
    q5 "q5" "hot auctions, 10 s / 2 s"
    q7 "q7" "the highest bid, 10 s"
    q8 "q8" "new people who sell, 10 s"
    q11 "q11" "bids in sessions, gap 10 s"
    q12 "q12" "bids by the system's clock"
    q18 "q18" "the last bid of a person on an auction"
    q19 "q19" "the ten highest bids on an auction"
}

/// The first events of Nexmark, the same on every run: made once, for all queries.
fn events(items: usize) -> &'static [Event] {
    static EVENTS: std::sync::Mutex<Option<&'static [Event]>> = std::sync::Mutex::new(None);
    let mut events = EVENTS.lock().expect("nobody panics who has it");
    match *events {
        Some(events) if events.len() == items => events,
        _ => {
            let config = NexmarkConfig { base_time: 1_640_995_200_000, ..NexmarkConfig::default() };
            let made: &[Event] = EventGenerator::new(config).take(items).collect::<Vec<_>>().leak();
            events.insert(made)
        }
    }
}

pub(crate) fn bid(event: &'static Event) -> Option<&'static Bid> {
    if let Event::Bid(bid) = event { Some(bid) } else { None }
}

fn auction(event: &'static Event) -> Option<&'static Auction> {
    if let Event::Auction(auction) = event { Some(auction) } else { None }
}

fn person(event: &'static Event) -> Option<&'static Person> {
    if let Event::Person(person) = event { Some(person) } else { None }
}

/// The time of milliseconds since 1970.
fn time(milliseconds: u64) -> Timestamp {
    Timestamp::from_nanoseconds(milliseconds.cast_signed() * 1_000_000)
}

pub(crate) fn sells_from_there(person: &Person) -> bool {
    matches!(person.state.as_str(), "or" | "id" | "ca")
}

pub(crate) fn bid_digest(bid: &Bid, price: usize) -> u64 {
    digest([bid.auction as u64, bid.bidder as u64, price as u64, bid.date_time])
}

pub(crate) fn seller_digest(person: &Person, auction: &Auction) -> u64 {
    digest([digest_bytes(person.name.as_bytes()), digest_bytes(person.city.as_bytes()), auction.id as u64])
}
