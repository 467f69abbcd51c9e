"""Bytewax on the items of a file: `python bytewax_workloads.py w2 FILE` prints seconds and a checksum.

Reading the file and adding the results up are not timed, but for the file of stations. Items wait for ever, so that no
clock but theirs matters.
"""

import sys
import time
from collections import defaultdict
from datetime import timedelta

import bytewax.operators as op
import bytewax.operators.windowing as win
import bytewax_nexmark
from bytewax.connectors.files import FileSource
from bytewax.dataflow import Dataflow
from bytewax.operators.windowing import SessionWindower, SlidingWindower, TumblingWindower
from bytewax.testing import TestingSink, TestingSource, run_main
from bytewax_common import EPOCH, MASK, digest, digest_bytes, event_clock, step, total



def pair(line):
    key, item = line.split()
    return (key, int(item))


def event(line):
    key, nanoseconds, value = line.split()
    # Times of microseconds are exact here, and the windows' bounds are whole seconds.
    at = EPOCH + timedelta(microseconds=int(nanoseconds) // 1000)
    return (key, (at, int(value)))


def of_value(value):
    return value[0]


def of_item(item):
    return item[1][0]


def tumbling():
    return TumblingWindower(length=timedelta(minutes=1), align_to=EPOCH)


def chain(items):
    mixed = op.map("mixed", items, lambda item: (item * 0x9E3779B9) & MASK)
    some = op.filter("some", mixed, lambda mixed: mixed % 4 != 0)
    folded = op.map("folded", some, lambda mixed: mixed ^ (mixed >> 7))
    parts = op.flat_map("parts", folded, lambda folded: (folded, (folded + 13) & MASK))
    return op.filter("odd", parts, lambda part: part % 5 != 0)


def lists(items):
    return op.collect("lists", items, timeout=timedelta(hours=1), max_size=3)


def tumbling_lists(items):
    return win.collect_window("lists", items, event_clock(0, of_value), tumbling()).down


def tumbling_counts(items):
    # This operator takes items without keys, and its clock sees them whole.
    return win.count_window("counts", items, event_clock(5, of_item), tumbling(), lambda item: item[0]).down


def sliding_sums(overlap):
    length, offset = timedelta(seconds=overlap), timedelta(seconds=1)

    def sums(items):
        windower = SlidingWindower(length=length, offset=offset, align_to=EPOCH)
        clock = event_clock(0, of_value)
        sums = win.fold_window(
            "sums",
            items,
            clock,
            windower,
            builder=int,
            folder=lambda total, value: total + value[1],
            merger=lambda total, other: total + other,
            ordered=False,
        )
        return sums.down

    return sums


def sessions(items):
    windower = SessionWindower(gap=timedelta(seconds=5))
    return win.count_window("counts", items, event_clock(0, of_item), windower, lambda item: item[0]).down


def words(items):
    words = op.flat_map("words", items, str.split)
    return op.count_final("counts", words, lambda word: word)


def stations(lines):
    """Sums a batch of lines up before it goes by key: an item by itself costs five times as much."""

    def summarize(lines):
        stations = defaultdict(list)
        for line in lines:
            station, degrees = line.split(";")
            stations[station].append(int(degrees.replace(".", "")))
        return [
            (station, (min(tenths), max(tenths), sum(tenths), len(tenths)))
            for station, tenths in stations.items()
        ]

    def merge(known, more):
        return (min(known[0], more[0]), max(known[1], more[1]), known[2] + more[2], known[3] + more[3])

    return op.reduce_final("summaries", op.flat_map_batch("parts", lines, summarize), merge)


def sum_of_chain(rows):
    total = 0
    for row in rows:
        total = step(total, row)
    return total


def of_list(number):
    def of_row(row):
        key, items = row
        inner = len(items)
        for item in items:
            inner = step(inner, item)
        return digest(number(key), inner)

    return of_row


def of_name(user):
    """A cheap number for the names that the orders have: their last bytes differ."""
    last = user.encode()[-3:]
    return len(user) + int.from_bytes(last[::-1], "big")


def of_window_list(row):
    key, (window, values) = row
    inner = 0
    for _, value in values:
        inner = step(inner, value)
    return digest(int(key), window, inner)


def of_window(row):
    key, (window, value) = row
    return digest(int(key), window, value)


def of_word(row):
    word, count = row
    return digest(digest_bytes(word.encode()), count)


def of_station(row):
    station, (least, greatest, total, count) = row
    # Towards zero, as in Rust.
    mean = abs(total) * 100 // count
    return digest(digest_bytes(station.encode()), least, greatest, mean if total >= 0 else -mean)


WORK = {
    "w1": (int, chain, sum_of_chain),
    "w2": (pair, lists, total(of_list(int))),
    "w2-strings": (pair, lists, total(of_list(of_name))),
    "w3": (event, tumbling_lists, total(of_window_list)),
    "w3b": (event, tumbling_counts, total(of_window)),
    "w4-2": (event, sliding_sums(2), total(of_window)),
    "w4-10": (event, sliding_sums(10), total(of_window)),
    "w4-60": (event, sliding_sums(60), total(of_window)),
    "w4-600": (event, sliding_sums(600), total(of_window)),
    "w5": (event, sessions, total(of_window)),
    "w6": (str.strip, words, total(of_word)),
    "w7": (None, stations, total(of_station)),
    **bytewax_nexmark.WORK,
}


def main():
    parse, build, checksum = WORK[sys.argv[1]]
    if parse is None:
        source = FileSource(sys.argv[2], batch_size=100_000)
    else:
        with open(sys.argv[2], encoding="utf-8") as file:
            source = TestingSource([parse(line) for line in file], batch_size=1000)
    rows = []
    flow = Dataflow("bench")
    op.output("output", build(op.input("input", flow, source)), TestingSink(rows))
    start = time.perf_counter()
    run_main(flow)
    seconds = time.perf_counter() - start
    print(seconds, checksum(rows))


main()
