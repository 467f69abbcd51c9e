"""Bytewax on the items of a file: `python bytewax_workloads.py w2 FILE` prints seconds and a checksum.

Reading the file and adding the results up are not timed. Items wait for ever, so that no clock but theirs matters.
"""

import sys
import time
from datetime import datetime, timedelta, timezone

import bytewax.operators as op
import bytewax.operators.windowing as win
from bytewax.dataflow import Dataflow
from bytewax.operators.windowing import EventClock, SessionWindower, TumblingWindower
from bytewax.testing import TestingSink, TestingSource, run_main

MASK = (1 << 64) - 1
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def step(total, item):
    return ((total << 1) & MASK | total >> 63) ^ item


def digest(*parts):
    total = 0
    for part in parts:
        mixed = ((total ^ (part & MASK)) * 0x9E3779B97F4A7C15) & MASK
        total = (mixed << 29) & MASK | mixed >> 35
    return total


def digest_bytes(text):
    total = 0
    for byte in text:
        total = digest(total, byte)
    return total


def numbers(line):
    return [int(word) for word in line.split()]


def event(line):
    key, nanoseconds, value = line.split()
    # Times of microseconds are exact here, and the windows' bounds are whole seconds.
    at = EPOCH + timedelta(microseconds=int(nanoseconds) // 1000)
    return (key, (at, int(value)))


def clock(wait, at=lambda value: value[0]):
    # The system's time stands still, so that windows go by the items alone.
    still = datetime(2030, 1, 1, tzinfo=timezone.utc)
    return EventClock(
        at,
        wait_for_system_duration=timedelta(seconds=wait),
        now_getter=lambda: still,
        to_system_utc=lambda _time: None,
    )


def tumbling():
    return TumblingWindower(length=timedelta(minutes=1), align_to=EPOCH)


def chain(flow, items):
    mixed = op.map("mixed", items, lambda item: (item * 0x9E3779B9) & MASK)
    some = op.filter("some", mixed, lambda mixed: mixed % 4 != 0)
    folded = op.map("folded", some, lambda mixed: mixed ^ (mixed >> 7))
    parts = op.flat_map("parts", folded, lambda folded: (folded, (folded + 13) & MASK))
    return op.filter("odd", parts, lambda part: part % 5 != 0)


def lists(flow, items):
    return op.collect("lists", items, timeout=timedelta(hours=1), max_size=3)


def tumbling_lists(flow, items):
    return win.collect_window("lists", items, clock(0), tumbling()).down


def tumbling_counts(flow, items):
    # This operator takes items without keys, and its clock sees them whole.
    time_of_item = clock(5, lambda item: item[1][0])
    return win.count_window("counts", items, time_of_item, tumbling(), lambda item: item[0]).down


def sessions(flow, items):
    windower = SessionWindower(gap=timedelta(seconds=5))
    time_of_item = clock(0, lambda item: item[1][0])
    return win.count_window("counts", items, time_of_item, windower, lambda item: item[0]).down


def words(flow, items):
    words = op.flat_map("words", items, str.split)
    return op.count_final("counts", words, lambda word: word)


def sum_of_chain(rows):
    total = 0
    for row in rows:
        total = step(total, row)
    return total


def sum_of_lists(rows):
    total = 0
    for key, items in rows:
        inner = len(items)
        for item in items:
            inner = step(inner, item)
        total = (total + digest(int(key), inner)) & MASK
    return total


def sum_of_window_lists(rows):
    total = 0
    for key, (window, values) in rows:
        inner = 0
        for _, value in values:
            inner = step(inner, value)
        total = (total + digest(int(key), window, inner)) & MASK
    return total


def sum_of_counts(rows):
    return sum(digest(int(key), window, count) for key, (window, count) in rows) & MASK


def sum_of_words(rows):
    return sum(digest(digest_bytes(word.encode()), count) for word, count in rows) & MASK


def pair(line):
    key, item = line.split()
    return (key, int(item))


WORK = {
    "w1": (int, chain, sum_of_chain),
    "w2": (pair, lists, sum_of_lists),
    "w3": (event, tumbling_lists, sum_of_window_lists),
    "w3b": (event, tumbling_counts, sum_of_counts),
    "w5": (event, sessions, sum_of_counts),
    "w6": (str.strip, words, sum_of_words),
}


def main():
    parse, build, checksum = WORK[sys.argv[1]]
    with open(sys.argv[2], encoding="ascii") as file:
        items = [parse(line) for line in file]
    rows = []
    flow = Dataflow("bench")
    source = op.input("input", flow, TestingSource(items, batch_size=1000))
    op.output("output", build(flow, source), TestingSink(rows))
    start = time.perf_counter()
    run_main(flow)
    seconds = time.perf_counter() - start
    print(seconds, checksum(rows))


main()
