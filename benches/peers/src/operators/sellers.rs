//! q3, for the peers that have no join which leaves items on their thread: of people with what they sell.

use nexmark::event::{Auction, Person};

use super::nexmark::Side;
use super::{Map, Operator};
use crate::shared::workloads::seller_digest;

/// Auctions wait until their seller is known.
#[derive(Clone, Default)]
pub(crate) struct Sellers {
    people: Map<usize, &'static Person>,
    waiting: Map<usize, Vec<&'static Auction>>,
}

impl Operator<Side> for Sellers {
    type Row = (&'static Person, &'static Auction);

    fn take(&mut self, side: Side, mut give: impl FnMut(Self::Row)) {
        match side {
            Side::Person(person) => {
                self.people.insert(person.id, person);
                let waiting = self.waiting.remove(&person.id).into_iter().flatten();
                waiting.for_each(|auction| give((person, auction)));
            }
            Side::Auction(auction) => match self.people.get(&auction.seller) {
                Some(person) => give((person, auction)),
                None => self.waiting.entry(auction.seller).or_default().push(auction),
            },
        }
    }

    fn end(&mut self, _give: impl FnMut(Self::Row)) {}

    fn sum(sum: u64, (person, auction): &Self::Row) -> u64 {
        sum.wrapping_add(seller_digest(person, auction))
    }
}
