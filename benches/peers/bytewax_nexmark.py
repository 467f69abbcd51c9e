"""Nexmark for `bytewax_workloads.py`: what events look like in its file, and each query with its checksum."""

from datetime import datetime, timedelta
from typing import NamedTuple

import bytewax.operators as op
import bytewax.operators.windowing as win
from bytewax.operators.windowing import Clock, SessionWindower, SlidingWindower, TumblingWindower, _SystemClockLogic

from bytewax_common import EPOCH, digest, digest_bytes, event_clock, total

WINDOW = timedelta(seconds=10)


class Person(NamedTuple):
    id: int
    at: datetime
    name: str
    city: str
    state: str


class Auction(NamedTuple):
    id: int
    at: datetime
    seller: int
    category: int
    expires: datetime


class Bid(NamedTuple):
    auction: int
    at: datetime
    bidder: int
    price: int


def event(line):
    kind, number, milliseconds, *rest = line.rstrip("\n").split("\t")
    number, at = int(number), time(milliseconds)
    if kind == "person":
        return Person(number, at, *rest)
    if kind == "auction":
        seller, category, expires = rest
        return Auction(number, at, int(seller), int(category), time(expires))
    bidder, price = rest
    return Bid(number, at, int(bidder), int(price))


def time(milliseconds):
    return EPOCH + timedelta(milliseconds=int(milliseconds))


def milliseconds(at):
    return (at - EPOCH) // timedelta(milliseconds=1)


def clock():
    return event_clock(0, lambda event: event.at)


class StillClock(Clock):
    """A system clock that stands still."""

    def build(self, _resume_state):
        return _SystemClockLogic(lambda: EPOCH)


def tumbling():
    return TumblingWindower(length=WINDOW, align_to=EPOCH)


def bids(events):
    return op.filter("bids", events, lambda event: isinstance(event, Bid))


def bids_by(events, key):
    return op.key_on("by key", bids(events), lambda bid: str(key(bid)))


def q0(events):
    return bids(events)


def q1(events):
    return op.map("converted", bids(events), lambda bid: bid._replace(price=bid.price * 908 // 1000))


def q2(events):
    some = op.filter("some", bids(events), lambda bid: bid.auction % 123 == 0)
    return op.map("prices", some, lambda bid: (bid.auction, bid.price))


def q3(events):
    def side(event):
        if isinstance(event, Person) and event.state in ("or", "id", "ca"):
            return (str(event.id), event)
        if isinstance(event, Auction) and event.category == 10:
            return (str(event.seller), event)
        return None

    def join(seller, side):
        # A seller is a person, or the auctions that wait for one.
        if isinstance(side, Person):
            waiting = seller if isinstance(seller, list) else []
            return (side, [(side, auction) for auction in waiting])
        if isinstance(seller, Person):
            return (seller, [(seller, side)])
        return ((seller or []) + [side], [])

    return op.stateful_flat_map("pairs", op.filter_map("sides", events, side), join)


def q4(events):
    def auction_of(event):
        if isinstance(event, Auction):
            return (str(event.id), event)
        return (str(event.auction), event) if isinstance(event, Bid) else None

    def close(closing, event):
        auction, highest = closing
        if isinstance(event, Auction):
            return (event, highest)
        if auction is not None and event.at <= auction.expires and event.price > highest:
            return (auction, event.price)
        return closing

    def price(item):
        _, (auction, highest) = item
        return (str(auction.category), highest) if auction is not None and highest > 0 else None

    of_auctions = op.filter_map("of auctions", events, auction_of)
    closings = op.fold_final("closings", of_auctions, lambda: (None, 0), close)
    prices = op.filter_map("prices", closings, price)
    return op.fold_final("means", prices, lambda: (0, 0), lambda mean, price: (mean[0] + price, mean[1] + 1))


def q5(events):
    windower = SlidingWindower(length=WINDOW, offset=timedelta(seconds=2), align_to=EPOCH)
    counts = win.count_window("counts", bids(events), clock(), windower, lambda bid: str(bid.auction))
    # Of several the least auction.
    by_window = op.map("by window", counts.down, lambda row: (str(row[1][0]), (row[1][1], -int(row[0]))))
    return op.max_final("hot", by_window)


def q7(events):
    by_all = op.key_on("all", bids(events), lambda _bid: "ALL")
    return win.max_window("highest", by_all, clock(), tumbling(), lambda bid: bid.price).down


def q8(events):
    def side(event):
        if isinstance(event, Person):
            return (str(event.id), event)
        return (str(event.seller), event) if isinstance(event, Auction) else None

    def take(new, event):
        person, auctions = new
        return (True, auctions) if isinstance(event, Person) else (person, auctions + 1)

    def merge(new, _later):
        return new

    def is_seller(row):
        _, (_, (person, auctions)) = row
        return person and auctions > 0

    sides = op.filter_map("sides", events, side)
    new = win.fold_window("new", sides, clock(), tumbling(), lambda: (False, 0), take, merge, ordered=False)
    return op.filter("sellers", new.down, is_seller)


def q11(events):
    windower = SessionWindower(gap=WINDOW)
    return win.count_window("counts", bids(events), clock(), windower, lambda bid: str(bid.bidder)).down


def q12(events):
    return win.count_window("counts", bids(events), StillClock(), tumbling(), lambda bid: str(bid.bidder)).down


def q18(events):
    by_both = bids_by(events, lambda bid: f"{bid.bidder} {bid.auction}")
    return op.reduce_final("last", by_both, lambda _last, bid: bid)


def q19(events):
    def keep(ten, bid):
        if len(ten) < 10 or ten[9].price < bid.price:
            ten.append(bid)
            # Of equal ones the earlier stay in front.
            ten.sort(key=lambda bid: -bid.price)
            del ten[10:]
        return ten

    return op.fold_final("highest", bids_by(events, lambda bid: bid.auction), list, keep)


def of_bid(bid):
    return digest(bid.auction, bid.bidder, bid.price, milliseconds(bid.at))


def of_pair(row):
    _, (person, auction) = row
    return digest(digest_bytes(person.name.encode()), digest_bytes(person.city.encode()), auction.id)


def of_mean(row):
    category, (total, count) = row
    return digest(int(category), total // count)


def of_hot(row):
    window, (count, auction) = row
    return digest(int(window), count, -auction)


def of_highest(row):
    _, (window, bid) = row
    return digest(window, of_bid(bid))


def of_new(row):
    person, (window, (_, auctions)) = row
    return digest(window, int(person), auctions)


def of_count(row):
    bidder, (window, count) = row
    return digest(int(bidder), window, count)


def of_ten(row):
    _, ten = row
    return sum(digest(of_bid(bid), rank) for rank, bid in enumerate(ten))


QUERIES = {
    "q0": (q0, of_bid),
    "q1": (q1, of_bid),
    "q2": (q2, lambda row: digest(*row)),
    "q3": (q3, of_pair),
    "q4": (q4, of_mean),
    "q5": (q5, of_hot),
    "q7": (q7, of_highest),
    "q8": (q8, of_new),
    "q11": (q11, of_count),
    "q12": (q12, of_count),
    "q18": (q18, lambda row: of_bid(row[1])),
    "q19": (q19, of_ten),
}

WORK = {f"w8-{name}": (event, query, total(of_row)) for name, (query, of_row) in QUERIES.items()}
