"""Days and times put together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.understand.extract.hours import in_half, minutes
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.lengths import length
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.shifting import is_days, shifted


def combine(i: int, end: int, days: list[dt.date], times: list[dt.time]) -> Node:
    options = [dt.datetime.combine(d, t) for t in times for d in days]
    return Node("datetime", i, end, options)


def combine_span(i: int, end: int, days: list[dt.date], pairs: list[Any], **info: Any) -> Node:
    """The end of a range that goes over midnight is on the next day."""
    options = []
    for first, last in pairs:
        for d in days:
            over = last <= first
            end_day = d + dt.timedelta(1) if over else d
            options.append((dt.datetime.combine(d, first), dt.datetime.combine(end_day, last)))
    return Node("datetimerange", i, end, options, info)


def joint(s: Scan, i: int, words: Any) -> list[int]:
    """Where the other half may begin: here, or after one or two joining words."""
    places = [i]
    for _ in range(2):
        after = s.after(places[-1], words)
        if after == places[-1]:
            break
        places.append(after)
    return places


def is_time(s: Scan, time: Node, at: int, end: int) -> bool:
    """Whether a mere number after a day is a time: not "2 nights", not ", 12 of nov"."""
    if s.match(time.end, UNITS[s.language]) or s.at(time.end) in ("%", "people", "of"):
        return False
    return at == end or any(s.at(n) not in (",", "-") for n in range(end, at))


def lasting(s: Scan, node: Node) -> Maybe:
    """ "on 14th feb from 9:30am for 7 hours"."""
    if s.at(node.end) not in ("for", "por", "durante"):
        return None
    so_long = s.once(length, node.end + 1)
    if so_long is None or is_days(so_long.info["parts"]):
        return None
    pairs = [(c, shifted(c, so_long.info["parts"], 1)) for c in node.choices]
    return Node("datetimerange", node.i, so_long.end, pairs)


def bare_after(s: Scan, i: int, base: Node, time: Node) -> bool:
    """Whether a mere number after a day is a time: only in "friday 2.30"."""
    return ":" in s.words[base.end : time.end] or "." in s.words[base.end : time.end - 1]


def with_half(i: int, days: list[dt.date], time: Node, half: str | None) -> Node:
    times = time.choices
    if half and not time.info["known"]:
        times = [minutes(in_half(time.info["minutes"], half))]
    return combine(i, time.end, days, times)


def half_of_day(s: Scan, i: int) -> Maybe:
    """ "today pm", "tomorrow am"."""
    if s.at(i) in ("am", "pm") and s.language == "en":
        pair = (dt.time(8), dt.time(12)) if s.at(i) == "am" else (dt.time(12), dt.time(16))
        return Node("timerange", i, i + 1, [pair], {"half": s.at(i)})
    return None
