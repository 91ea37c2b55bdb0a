"""From a moment to a moment: "from 4pm today to 5pm tomorrow"."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.understand.extract.day_times import day_and_time, time_and_day
from assistant.understand.extract.hour_words import LAS
from assistant.understand.extract.hours import clock
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.spans import FROM, TO


def moments_span(s: Scan, i: int) -> Maybe:
    """ "from 4pm today to 5pm tomorrow", "half past seven to 4pm tomorrow"."""
    opened = s.match(i, FROM[s.language])
    at = opened[1] if opened and opened[0] != "in" else i
    at += s.language == "es" and s.at(at) in LAS
    first = _timed(s, at) or clock(s, at)
    if first is None or (first.kind == "time" and first.info["bare"] and not opened):
        return None
    to = s.match(first.end, TO[s.language])
    if to is None or (to[0].split()[0] in ("and", "y") and not _is_between(opened)):
        return None
    last_at = to[1] + (s.language == "es" and s.at(to[1]) in LAS)
    last = _timed(s, last_at)
    if last is None:
        last = clock(s, last_at) if first.kind == "datetime" else None
    if last is None or (first.kind == "time" and last.kind == "time"):
        return None
    start = i if opened or s.language == "en" else at
    return Node("datetimerange", start, last.end, _moment_pairs(first, last))


def _is_between(opened: tuple[str, int] | None) -> bool:
    return opened is not None and opened[0].split()[0] in ("between", "entre")


def _timed(s: Scan, i: int) -> Maybe:
    options = [
        f for f in (s.once(day_and_time, i), s.once(time_and_day, i)) if f and f.kind == "datetime"
    ]
    return max(options, key=lambda node: node.end, default=None)


def _moment_pairs(first: Node, last: Node) -> list[Any]:
    """Each start with its first end after it; a time alone is of the other's day."""
    if first.kind == "time":
        ends = last.choices
        starts = [dt.datetime.combine(e.date(), t) for e in ends for t in first.choices]
    else:
        starts, ends = first.choices, last.choices
        if last.kind == "time":
            ends = [dt.datetime.combine(d.date(), t) for d in starts for t in last.choices]
    pairs = []
    for start in starts:
        after = [end for end in ends if end > start]
        if after:
            pairs.append((start, min(after)))
    return pairs or [(starts[0], ends[-1])]
