"""Runs cases on Bytewax 0.21.1: one case a line on standard input, as JSON, and one line back for each.

A case runs twice: on Bytewax as it is, and on Bytewax with those of its rules replaced that `flow` differs in on
purpose. Each replacement has a name and stands in `RULES`. Where the two results differ, the answer says which
replacements the difference needs.

Time comes in one of two ways:

* *By the items.* Bytewax's own engine runs the flow. Its system time is that of the item at hand, and nothing but items
  and the end of the input moves windows.
* *In ticks.* Bytewax's engine reads the system clock in compiled code, where it cannot be simulated. So its logics, the
  very objects that the engine would call, are called by `drive` instead: each item, and behind it whoever is due, as
  the engine does with batches of one; at the ticks between items whoever is due; and at last the end of the input.
"""

import itertools
import json
import sys
import traceback
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

import bytewax.operators as op
import bytewax.operators.windowing as win
from bytewax.dataflow import Dataflow
from bytewax.testing import TestingSink, TestingSource, run_main

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MICROSECOND = timedelta(microseconds=1)
MODULUS = 1_000_003
BYTEWAX = frozenset()


def instant(microseconds):
    return EPOCH + timedelta(microseconds=microseconds)


def microseconds(time):
    return (time - EPOCH) // MICROSECOND


class Row(NamedTuple):
    """An item: all that a case says of it."""

    key: str
    at: datetime
    now: datetime
    number: int
    serial: int
    side: int


class NumberRow(Row):
    """An item of which only the number counts, so that there are equal ones."""

    def __eq__(self, other):
        return self.number == other.number

    def __hash__(self):
        return hash(self.number)


def row_of(serial, fields):
    key, at, now, number, side = fields
    return Row(str(key), instant(at), instant(now), number, serial, side)


class Clock:
    """The simulated system time."""

    now = EPOCH


def simulated_now():
    return Clock.now


def time_of(value):
    """The system time of an item, which may have something in front of it. What an operator makes of items itself, as
    `count_final` does, has none."""
    if isinstance(value, Row):
        return value.now
    return value[1].now if isinstance(value, tuple) else Clock.now


# --- The rules that are replaced -------------------------------------------------------------------------------


class SlidingLogic(win._SlidingWindowerLogic):
    """Tumbling and sliding windows."""

    rules = BYTEWAX

    def close_for(self, watermark):
        return in_order(self.rules, super().close_for(watermark))

    def is_empty(self):
        return super().is_empty() and "watermark kept" not in self.rules


class SessionLogic(win._SessionWindowerLogic):
    """Sessions."""

    rules = BYTEWAX

    def close_for(self, watermark):
        return in_order(self.rules, super().close_for(watermark))

    def _find_merges(self):
        before, known = dict(self.state.sessions), len(self.state.merge_queue)
        super()._find_merges()
        if "all merged ids" in self.rules:
            for absorbed, target in self.state.merge_queue[known:]:
                before[target].merged_ids |= before[absorbed].merged_ids


def in_order(rules, closed):
    """Windows that close together: those that end first go first, then those of lower ids."""
    if "order of closing" in rules:
        return sorted(closed, key=lambda id_meta: (id_meta[1].close_time, id_meta[0]))
    return closed


class FirstItemCollect(op._CollectLogic[op.V]):
    """A timeout that counts from the first item of a list."""

    def on_item(self, value):
        earlier = self.state.timeout_at
        given = super().on_item(value)
        if earlier is not None:
            self.state.timeout_at = earlier
        return given


class JoinMerge(win._JoinWindowLogic):
    """A merge of sessions in which `first` keeps what the earlier session has, and `last` what the later has."""

    def on_merge(self, original):
        merged = [list(values) for values in self.state.seen]
        for side, values in enumerate(original.state.seen):
            if self.insert_mode == "product":
                merged[side] += values
            elif values and (self.insert_mode == "last" or not merged[side]):
                merged[side] = list(values)
        self.state.seen = merged
        return self._check_emit()


RULES = [
    "watermark kept",
    "order of closing",
    "all merged ids",
    "timeout from the first item",
    "earlier arrival",
    "sides of merged sessions",
]


@contextmanager
def replaced(module, name, value):
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)


# --- The two ways to run ---------------------------------------------------------------------------------------


class AtTheItemsTime(op.StatefulBatchLogic):
    """Sets the system time to that of the item before the logic sees it, or is made for it."""

    def __init__(self, builder):
        self.builder, self.logic = builder, None

    def on_batch(self, values):
        assert len(values) == 1, "items travel one by one"
        Clock.now = time_of(values[0])
        if self.logic is None:
            self.logic = self.builder(None)
        return self.logic.on_batch(values)

    def on_notify(self):
        return self.logic.on_notify()

    def on_eof(self):
        return self.logic.on_eof()

    def notify_at(self):
        return self.logic.notify_at()

    def snapshot(self):
        return None


def run_engine(make, rows):
    """Runs the streams that `make` makes on Bytewax's engine. Gives the items of each, by name."""
    original = op.stateful_batch

    def at_the_items_time(step_id, up, builder):
        return original(step_id, up, lambda _: AtTheItemsTime(builder))

    flow = Dataflow("flow")
    with replaced(op, "stateful_batch", at_the_items_time):
        streams = make(op.input("input", flow, TestingSource(rows)))
    collected = {name: [] for name in streams}
    for name, stream in streams.items():
        op.output(f"to_{name}", stream, TestingSink(collected[name]))
    run_main(flow, epoch_interval=timedelta(0))
    return collected


def run_driven(make, rows, tick, always, prepare):
    """Drives the one logic of the streams that `make` makes. Gives what comes out of it, each with its time. With
    `always`, each key that wants to be woken at all is woken at each tick: that is what Bytewax does while event time
    lags behind system time, and it is to be no different from waking it in time."""
    builders = []
    original = op.stateful_batch

    def remember(step_id, up, builder):
        builders.append(builder)
        return original(step_id, up, builder)

    with replaced(op, "stateful_batch", remember):
        make(op.input("input", Dataflow("flow"), TestingSource(rows)))
    (builder,) = builders
    return drive(builder, rows, tick, always, prepare)


def drive(builder, rows, tick, always, prepare):
    logics, given = {}, []

    def take(key, events_discard):
        events, discard = events_discard
        given.extend((key, Clock.now, event) for event in events)
        if discard:
            del logics[key]

    def wake():
        for key in list(logics):
            due = logics[key].notify_at()
            if due is not None and (always or due <= Clock.now):
                take(key, logics[key].on_notify())

    for serial, row in enumerate(rows):
        Clock.now = row.now if serial == 0 else Clock.now
        while Clock.now < row.now:
            Clock.now += tick
            if Clock.now < row.now:
                wake()
        if row.key not in logics:
            logics[row.key] = builder(None)
        take(row.key, logics[row.key].on_batch([prepare(row)]))
        wake()
    for key in list(logics):
        take(key, logics[key].on_eof())
    return given


def prepared(case):
    """What is in front of a logic that is driven: what the steps before it make of a row."""
    if case["operator"] == "join_window":
        return lambda row: (row.side, row)
    if case["operator"] == "collect_window_set":
        return lambda row: NumberRow(*row)
    if case["operator"] == "collect_window_map":
        return lambda row: (row.number, row)
    return identity


def by_key(pairs):
    keys = {}
    for key, value in pairs:
        keys.setdefault(key, []).append(value)
    return keys


# --- Windows ---------------------------------------------------------------------------------------------------


class ItemsTime(win.SystemClock):
    def build(self, resume_state):
        return win._SystemClockLogic(simulated_now)


def clock_of(case):
    window = case["window"]
    if window["clock"] == "system":
        return ItemsTime()
    return win.EventClock(
        lambda value: value.at if isinstance(value, Row) else value[1].at,
        timedelta(microseconds=window["wait"]),
        now_getter=simulated_now,
        to_system_utc=lambda time: None if case["tick"] is None else time,
    )


class Windower(win.Windower):
    def __init__(self, window, rules):
        self.window, self.rules = window, rules

    def build(self, resume_state):
        logic = self.logic()
        logic.rules = self.rules
        return logic

    def logic(self):
        window = self.window
        if window["windower"] == "session":
            return SessionLogic(timedelta(microseconds=window["gap"]), win._SessionWindowerState())
        length = timedelta(microseconds=window["length"])
        offset = length if window["windower"] == "tumbling" else timedelta(microseconds=window["offset"])
        return SlidingLogic(length, offset, instant(window["align_to"]), win._SlidingWindowerState())


def combine(left, right):
    return (left * 31 + right * 7 + 3) % MODULUS


def combine_rows(left, right):
    return left._replace(number=combine(left.number, right.number))


def serials(rows):
    return [row.serial for row in rows]


def numbers_and_serials(held):
    """Of a set or a map."""
    return sorted([row.number, row.serial] for row in (held.values() if isinstance(held, dict) else held))


def identity(value):
    return value


def window_streams(case, rules, stream):
    operator, window, a = case["operator"], case["window"], case["a"]
    windower = Windower(window, rules)
    clock, ordered = clock_of(case), window["ordered"]
    if operator == "join_window":
        streams = sides(case, stream)
        return win.join_window("step", clock, windower, *streams, **modes(case), ordered=ordered), row_serials
    if operator == "count_window":
        return win.count_window("step", stream, clock, windower, lambda row: row.key), identity
    keyed = op.key_on("keyed", stream, lambda row: row.key)
    if operator == "collect_window":
        return win.collect_window("step", keyed, clock, windower, list, ordered), serials
    if operator == "collect_window_set":
        values = op.map_value("values", keyed, prepared(case))
        return win.collect_window("step", values, clock, windower, set, ordered), numbers_and_serials
    if operator == "collect_window_map":
        values = op.map_value("values", keyed, prepared(case))
        return win.collect_window("step", values, clock, windower, dict, ordered), numbers_and_serials
    if operator == "fold_window":
        return (
            win.fold_window(
                "step", keyed, clock, windower,
                lambda: a,
                lambda held, row: combine(held, row.number),
                lambda target, absorbed: combine(combine(target, absorbed), 11),
                ordered,
            ),
            identity,
        )
    if operator == "reduce_window":
        return win.reduce_window("step", keyed, clock, windower, combine_rows), lambda row: [row.number, row.serial]
    if operator == "max_window":
        by = (lambda row: (row.number, -row.serial)) if "earlier arrival" in rules else (lambda row: row.number)
        return win.max_window("step", keyed, clock, windower, by), lambda row: row.serial
    if operator == "min_window":
        by = (lambda row: (row.number, row.serial)) if "earlier arrival" in rules else (lambda row: row.number)
        return win.min_window("step", keyed, clock, windower, by), lambda row: row.serial
    raise ValueError(operator)


def sides(case, stream):
    """The streams of a join. Their items come from one source, so that they arrive one by one."""
    for side in range(case["sides"]):
        of_side = op.filter(f"side_{side}", stream, lambda row, side=side: row.side == side)
        yield op.key_on(f"keyed_{side}", of_side, lambda row: row.key)


def modes(case):
    return {"insert_mode": case["insert_mode"], "emit_mode": case["emit_mode"]}


def row_serials(row):
    return [None if cell is None else cell.serial for cell in row]


def meta_row(meta):
    return [microseconds(meta.open_time), microseconds(meta.close_time), sorted(meta.merged_ids)]


def late_row(value):
    return value.serial if isinstance(value, Row) else [value[0], value[1].serial]


def run_windows(case, rules, rows):
    logic = JoinMerge if "sides of merged sessions" in rules else win._JoinWindowLogic
    with replaced(win, "_JoinWindowLogic", logic):
        return run_windowed(case, rules, rows)


def run_windowed(case, rules, rows):
    shows = []

    def make(stream):
        out, show = window_streams(case, rules, stream)
        shows.append(show)
        return {"down": out.down, "late": out.late, "meta": out.meta}

    if case["tick"] is None:
        streams = run_engine(make, rows)
        show = {"down": shows[0], "late": late_row, "meta": meta_row}
        return {
            name: by_key((key, [id, show[name](value)]) for key, (id, value) in items)
            for name, items in streams.items()
        }
    given = run_driven(make, rows, timedelta(microseconds=case["tick"]), True, prepared(case))
    ports = {"E": ("down", shows[0]), "L": ("late", late_row), "M": ("meta", meta_row)}
    streams = {name: [] for name, _ in ports.values()}
    for key, now, (id, port, value) in given:
        name, show = ports[port]
        streams[name].append((key, [microseconds(now), id, show(value)]))
    return {name: by_key(pairs) for name, pairs in streams.items()}


# --- What has no windows ---------------------------------------------------------------------------------------


def changed(case, row):
    return row._replace(number=(row.number * case["a"] + case["b"]) % MODULUS)


def copies(case, row):
    return [row._replace(number=row.number + copy) for copy in range(row.number % 3)]


def divides(case, row):
    return row.number % case["m"] == 0


def plain(case, stream):
    operator = case["operator"]
    if operator == "map":
        return op.map("step", stream, lambda row: changed(case, row))
    if operator == "filter":
        return op.filter("step", stream, lambda row: divides(case, row))
    if operator == "filter_map":
        return op.filter_map("step", stream, lambda row: None if divides(case, row) else changed(case, row))
    if operator == "flat_map":
        return op.flat_map("step", stream, lambda row: copies(case, row))
    if operator == "flatten":
        return op.flatten("step", op.map("lists", stream, lambda row: copies(case, row)))
    if operator == "enrich_cached":
        return enriched(case, stream)
    if operator == "chain":
        stream = op.map("first", stream, lambda row: changed(case, row))
        stream = op.flat_map("second", stream, lambda row: copies(case, row))
        stream = op.redistribute("spread", stream)
        stream = op.filter_map("third", stream, lambda row: None if divides(case, row) else changed(case, row))
        return op.filter("fourth", stream, lambda row: row.number % 2 == 0)
    raise ValueError(operator)


def enriched(case, stream):
    calls = itertools.count(1)

    def at_the_items_time(step_id, up, mapper):
        def timed(rows):
            assert len(rows) == 1, "items travel one by one"
            Clock.now = rows[0].now
            return mapper(rows)

        return original(step_id, up, timed)

    original = op.flat_map_batch
    with replaced(op, "flat_map_batch", at_the_items_time):
        return op.enrich_cached(
            "step",
            stream,
            lambda key: next(calls),
            lambda cache, row: row._replace(number=cache.get(row.key)),
            timedelta(microseconds=case["timeout"]),
            _now_getter=simulated_now,
        )


def run_plain(case, rules, rows):
    streams = run_engine(lambda stream: {"out": plain(case, stream)}, rows)
    return {"out": {"": [[row.serial, row.number] for row in streams["out"]]}}


def branches(case, stream):
    """Two ways from one stream that meet again, and the stream itself beside them."""
    parts = op.branch("parts", stream, lambda row: divides(case, row))
    trues = op.map("trues", parts.trues, lambda row: changed(case, row))
    falses = op.map("falses", parts.falses, lambda row: row._replace(number=row.number + 1))
    return {"trues": trues, "falses": falses, "merged": op.merge("merged", trues, falses)}


def run_branches(case, rules, rows):
    streams = run_engine(lambda stream: branches(case, stream), rows)
    return {name: {"": [[row.serial, row.number] for row in items]} for name, items in streams.items()}


def keyed_values(case, stream):
    keyed = op.key_on("keyed", stream, lambda row: row.key)
    keyed = op.map_value("first", keyed, lambda row: changed(case, row))
    keyed = op.flat_map_value("second", keyed, lambda row: copies(case, row))
    keyed = op.filter_map_value("third", keyed, lambda row: None if divides(case, row) else changed(case, row))
    return op.filter_value("fourth", keyed, lambda row: row.number % 2 == 0)


class Alarm(op.StatefulLogic):
    """Sets alarms and takes them back, as the numbers of the items say."""

    def __init__(self, case):
        self.sum, self.at = case["a"], None
        self.tick = timedelta(microseconds=case["tick"])

    def on_item(self, row):
        self.sum = combine(self.sum, row.number)
        given, what = [["item", self.sum]], self.sum % 8
        if what == 0:
            self.at = None
        elif what == 1:
            return given, op.StatefulLogic.DISCARD
        elif what <= 5:
            self.at = Clock.now + self.tick * (self.sum % 5)
        return given, op.StatefulLogic.RETAIN

    def on_notify(self):
        self.sum, self.at = combine(self.sum, 1), None
        given, what = [["notify", self.sum]], self.sum % 4
        if what == 0:
            return given, op.StatefulLogic.DISCARD
        if what == 1:
            self.at = Clock.now + self.tick * (1 + self.sum % 3)
        return given, op.StatefulLogic.RETAIN

    def on_eof(self):
        return [["eof", self.sum]], op.StatefulLogic.RETAIN

    def notify_at(self):
        return self.at

    def snapshot(self):
        return None


def next_state(case, state, row):
    state = combine(case["a"] if state is None else state, row.number)
    return (None if state % case["m"] == 0 else state), state


def keyed(case, rules, stream):
    operator = case["operator"]
    if operator == "count_final":
        return op.count_final("step", stream, lambda row: str(row.number % case["m"])), identity
    if operator == "keyed_values":
        return keyed_values(case, stream), lambda row: [row.serial, row.number]
    if operator == "join":
        return op.join("step", *sides(case, stream), **modes(case)), row_serials
    up = op.key_on("keyed", stream, lambda row: row.key)
    if operator == "stateful_map":
        return op.stateful_map("step", up, lambda state, row: next_state(case, state, row)), identity
    if operator == "stateful_flat_map":
        def several(state, row):
            kept, given = next_state(case, state, row)
            return kept, [given + copy for copy in range(given % 3)]
        return op.stateful_flat_map("step", up, several), identity
    if operator == "stateful":
        return op.stateful("step", up, lambda _: Alarm(case)), identity
    if operator in ("collect", "collect_idle"):
        return op.collect("step", up, timedelta(microseconds=case["timeout"]), case["max_size"]), serials
    if operator == "fold_final":
        return op.fold_final("step", up, lambda: case["a"], lambda held, row: combine(held, row.number)), identity
    if operator == "reduce_final":
        return op.reduce_final("step", up, combine_rows), lambda row: [row.number, row.serial]
    if operator == "max_final":
        return op.max_final("step", up, lambda row: row.number), lambda row: row.serial
    if operator == "min_final":
        return op.min_final("step", up, lambda row: row.number), lambda row: row.serial
    raise ValueError(operator)


def run_keyed(case, rules, rows):
    shows = []

    def make(stream):
        out, show = keyed(case, rules, stream)
        shows.append(show)
        return {"out": out}

    if case["tick"] is None:
        items = run_engine(make, rows)["out"]
        return {"out": by_key((key, shows[0](value)) for key, value in items)}
    given = run_driven(make, rows, timedelta(microseconds=case["tick"]), False, prepared(case))
    return {"out": by_key((key, [microseconds(now), shows[0](value)]) for key, now, value in given)}


class SimulatedDatetime(datetime):
    """Stands for `datetime` where an operator reads the system clock itself."""

    @classmethod
    def now(cls, tz=None):
        return Clock.now


def run_collect(case, rules, rows):
    if case["tick"] is None:
        return run_keyed(case, rules, rows)
    counts_from_first = case["operator"] == "collect" and "timeout from the first item" in rules
    logic = FirstItemCollect if counts_from_first else op._CollectLogic
    with replaced(op, "datetime", SimulatedDatetime), replaced(op, "_CollectLogic", logic):
        return run_keyed(case, rules, rows)


# --- One case after the other ----------------------------------------------------------------------------------

RUNS = {
    **dict.fromkeys(["map", "filter", "filter_map", "flat_map", "flatten", "chain", "enrich_cached"], run_plain),
    "branch_merge": run_branches,
    "collect": run_collect,
    "collect_idle": run_collect,
}


def run(case, rules):
    rows = [row_of(serial, fields) for serial, fields in enumerate(case["rows"])]
    if case["operator"] in RUNS:
        return RUNS[case["operator"]](case, rules, rows)
    return (run_windows if case["window"] is not None else run_keyed)(case, rules, rows)


def needed(case, replaced_all):
    """Which of the replacements make a difference in this case."""
    without = ((rule, run(case, frozenset(RULES) - {rule})) for rule in RULES)
    return [rule for rule, result in without if result != replaced_all]


def answer(case):
    bytewax = run(case, BYTEWAX)
    expected = run(case, frozenset(RULES))
    rules = [] if bytewax == expected else needed(case, expected)
    return {"bytewax": bytewax, "expected": expected, "rules": rules}


def main():
    for line in sys.stdin:
        try:
            result = answer(json.loads(line))
        except Exception:
            result = {"error": traceback.format_exc()}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
