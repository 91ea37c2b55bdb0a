"""A day and a time together: "tomorrow at 7", "6-8 next monday", "tonight"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.combine import (
    bare_after,
    combine_span,
    half_of_day,
    is_time,
    joint,
    lasting,
    with_half,
)
from assistant.understand.extract.dates import today
from assistant.understand.extract.day_words import OF
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import EDGES, LAS
from assistant.understand.extract.hours import clock, minutes
from assistant.understand.extract.joint_words import THIS_PART, TO_DAY, TO_TIME, TONIGHT
from assistant.understand.extract.lengths import distant
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.parts import part_of_day
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.spans import shift_half, time_span
from assistant.understand.extract.weekdays import whose_week


def any_day(s: Scan, i: int) -> Maybe:
    options = [f for f in (s.once(day, i), s.once(distant, i)) if f and f.kind == "date"]
    return max(options, key=lambda node: node.end, default=None)


def day_and_time(s: Scan, i: int) -> Maybe:
    """ "tomorrow at 7", "friday evening", "monday 12-4", "tomorrow night at 8", "tonight at 9"."""
    base = _tonight(s, i) or s.once(any_day, i)
    if base is None:
        return None
    half, end = base.info.get("half"), base.end
    found: list[Node] = []
    part_pairs = base.info.get("pairs")
    if part_pairs is None:
        for at in joint(s, end, TO_TIME[s.language]):
            part = part_of_day(s, at) or half_of_day(s, at)
            if part:
                half, end, part_pairs = part.info["half"], part.end, part.choices
                if "wd" in base.info and (week := whose_week(s, s.after(end, OF[s.language]))):
                    base.choices, end = [week[0] + dt.timedelta(base.info["wd"])], week[1]
                break
    if part_pairs:
        found.append(combine_span(base.i, end, base.choices, part_pairs, part=True))
    places = joint(s, end, TO_TIME[s.language])
    if s.at(end) == "t" and s.glued(end) and s.glued(end + 1):
        places.append(end + 1)  # "2016-12-16T12:23"
    for at in places:
        span = time_span(s, at)
        if span and not (span.info["joint"] in ("y", "and", "al") and not span.info["opened"]):
            pairs = shift_half(span, half) if half else span.choices
            found.append(combine_span(i, span.end, base.choices, pairs))
        if time := clock(s, at):
            if time.info["bare"] and at == end and not half and not bare_after(s, i, base, time):
                continue
            if time.info["bare"] and not is_time(s, time, at, end):
                continue
            made = with_half(i, base.choices, time, half)
            found.append(lasting(s, made) or made)
    return max(found, key=lambda node: node.end, default=None)


def _tonight(s: Scan, i: int) -> Maybe:
    """ "tonight", "last night", "this morning", "esta tarde", "late this evening"."""
    opened = s.match(i, EDGES[s.language])
    at = opened[1] if opened else i
    if found := s.match(at, TONIGHT[s.language]):
        offset, end, half = int(found[0]), found[1], "night"
        pair = (dt.time(20), dt.time(23, 59, 59))
    else:
        which = s.match(at, THIS_PART[s.language])
        if which is None and opened and s.at(at - 1) in ("this", "este", "esta"):
            which = "0", at
        part = part_of_day(s, which[1]) if which else None
        if which is None or part is None or s.at(part.end - 1) == "almuerzo":
            return None
        if s.at(which[1]) in ("in", "at", "the", "during"):
            return None
        offset, end, half, pair = int(which[0]), part.end, part.info["half"], part.choices[0]
    if opened:
        first, last = pair[0].hour * 60, 1440 if pair[1].second else pair[1].hour * 60
        first, last = (first, first + 120) if opened[0] == "start" else (last - 120, last)
        pair = minutes(first), dt.time(23, 59, 59) if last == 1440 else minutes(last)
    day = today(s) + dt.timedelta(offset)
    return Node("date", i, end, [day], {"half": half, "pairs": [pair]})


def tonight_time(s: Scan, i: int) -> Maybe:
    base = _tonight(s, i)
    if base is None:
        return None
    return combine_span(i, base.end, base.choices, base.info["pairs"], part=True)


def time_and_day(s: Scan, i: int) -> Maybe:
    """ "7pm tomorrow", "3pm on friday", "6-8 next monday", "morning of may 4", "noche del 21"."""
    span = time_span(s, i) or part_of_day(s, i)
    time = clock(s, i)
    if time is None and (s.at(i) == "at" or (s.language == "es" and s.at(i) in LAS)):
        time = clock(s, i + 1)
    found = [
        made
        for first in (span, time)
        if first
        for at in joint(s, first.end, TO_DAY[s.language])
        if (made := _on_day(s, i, first, at))
    ]
    return max(found, key=lambda node: node.end, default=None)


def _on_day(s: Scan, i: int, first: Node, at: int) -> Maybe:
    """A time or a range of times, on the day that stands at an index."""
    base = _tonight(s, at) or s.once(any_day, at)
    if base is None or (base.info.get("decimal") and at == first.end):
        return None
    half, end = base.info.get("half"), base.end
    if half is None:
        for part_at in joint(s, end, TO_TIME[s.language]):
            if part := part_of_day(s, part_at):
                half, end = part.info["half"], part.end
                break
    if first.kind == "timerange":
        if first.info.get("part") and at == first.end and s.language == "es":
            return None
        pairs = shift_half(first, half) if half else first.choices
        named = first.info.get("part") and s.at(first.i) == "la"  # "la [noche del 21]"
        return combine_span(first.i + bool(named), end, base.choices, pairs)
    if first.info["bare"] and not _number_is_time(s, i, first, at, base):
        return None
    node = with_half(first.i, base.choices, first, half)
    node.end = end
    return node


def _number_is_time(s: Scan, i: int, first: Node, at: int, base: Node) -> bool:
    """Whether a mere number before a day is a time: "at 7 tomorrow", not "building 4 tonight"."""
    introduced = s.spoken or s.at(i) == "at" or (s.language == "es" and s.at(i - 1) in LAS)
    if "pairs" in base.info:
        return introduced
    if base.info.get("half"):
        return True
    if s.at(first.end) in _NOT_AFTER_TIME and (s.at(first.end) != "de" or not introduced):
        return False
    return introduced or at > first.end


_NOT_AFTER_TIME = ("of", "de", "/", "-", "in", "for", "en", "por", ",")
