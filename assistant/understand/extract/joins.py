"""Moments: the longest day, time, or range of them that begins somewhere."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.combine import combine
from assistant.understand.extract.dates import today
from assistant.understand.extract.day_times import day_and_time, time_and_day, tonight_time
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import LAS
from assistant.understand.extract.hours import clock
from assistant.understand.extract.joint_words import COUNTED, END, EOD, MID, NOW, THE_DAY
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.lengths import distant
from assistant.understand.extract.long_spans import long_span
from assistant.understand.extract.moment_spans import moments_span
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.parts import part_of_day
from assistant.understand.extract.periods import period
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.spans import day_span, time_span


def moment(s: Scan, i: int) -> Maybe:
    """The longest date, time or range of them that begins here, without its modifier."""
    found = [
        f
        for parse in (
            _now,
            day,
            day_and_time,
            time_and_day,
            _edge_of_day,
            distant,
            long_span,
            day_span,
            period,
            _the_day,
            _plain_time,
            moments_span,
            tonight_time,
        )
        if (f := s.once(parse, i)) and not (f.kind == "date" and "pairs" in f.info)
    ]
    return max(found, key=lambda node: (node.end, node.kind == "date"), default=None)


def _now(s: Scan, i: int) -> Maybe:
    found = s.match(i, NOW[s.language])
    if not found:
        return None
    return Node("datetime", i, found[1], [s.now.replace(microsecond=0)], {"now": True})


def _the_day(s: Scan, i: int) -> Maybe:
    """ "I'm blocked for the day"."""
    found = s.match(i, THE_DAY[s.language])
    if not found or s.at(found[1]).isdecimal() or s.match(found[1], THE_DAY[s.language]):
        return None
    if s.at(found[1]) in (
        "after",
        "before",
        "of",
        "when",
        "that",
        "i",
        "we",
        "de",
        "del",
        "que",
        "is",
    ):
        return None
    return Node("date", i, found[1], [today(s)])


def _edge_of_day(s: Scan, i: int) -> Maybe:
    """ "end of tomorrow", "end of the day", "mid today", "later in today"."""
    if found := s.match(i, EOD[s.language]):
        return combine(i, found[1], [today(s)], [dt.time(23, 59, 59)])
    if found := s.match(i, END[s.language]):
        base = s.once(day, found[1])
        if base:
            return combine(i, base.end, base.choices, [dt.time(23, 59, 59)])
    edge = s.match(i, MID[s.language])
    if edge is None:
        return None
    base = s.once(day, s.after(edge[1], by_language(en="on|in|of|this", es="de|el")[s.language]))
    if base is None or "md" in base.info or (len(base.choices) > 1 and s.at(edge[1] - 1) != "day"):
        return None
    first, last = {"start": (0, 12), "mid": (10, 14), "end": (12, 24)}[edge[0]]
    pairs = []
    for d in base.choices[-1:]:
        midnight = dt.datetime.combine(d, dt.time())
        pairs.append((midnight + dt.timedelta(hours=first), midnight + dt.timedelta(hours=last)))
    return Node("datetimerange", i, base.end, pairs)


def _plain_time(s: Scan, i: int) -> Maybe:
    """A time or a range of times by itself; a mere number only after "at" or "a las"."""
    span = time_span(s, i)
    if span and not (span.info["bare"] and not span.info["opened"]):
        return span
    if span and s.language == "es" and s.at(i - 1) in LAS:
        return span
    if s.language == "en" and s.at(i) == "at":
        time = clock(s, i + 1)
        if (
            time
            and time.info["bare"]
            and s.at(time.end) not in COUNTED
            and not (s.glued(time.end) and s.at(time.end) in "-/")
            and not s.match(time.end, UNITS["en"])
        ):
            return Node("time", i, time.end, time.choices, time.info)
        return None
    time = clock(s, i)
    if time and (
        not time.info["bare"]
        or (
            s.language == "es"
            and s.at(i - 1) in LAS
            and s.at(i - 2) in ("a", "las", "sobre", "de", "para", "hasta", "")
        )
    ):
        if s.at(time.end) in COUNTED:
            return None
        return time
    return part_of_day(s, i)
