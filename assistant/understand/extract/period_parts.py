"""Parts of periods: "the last week of july", "the week of may 4"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.day_words import OF
from assistant.understand.extract.days import day
from assistant.understand.extract.holidays import HOLIDAYS
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.named_periods import named_month, written_year
from assistant.understand.extract.node import Maybe, Node, Pair, add_months, monday
from assistant.understand.extract.period_words import ARTICLE, WEEK_OF
from assistant.understand.extract.relative import relative, span
from assistant.understand.extract.scan import Scan


def part_of(s: Scan, i: int) -> Maybe:
    """ "the last week of july", "3rd week of 2018", "first 10 days of last year"."""
    article = s.at(i) in ARTICLE[s.language]
    at = i + article
    last = s.at(at) in ("last", "ultima", "ultimo", "ultimas", "ultimos")
    nth = (-1, at + 1) if last else place(s, at)
    if nth is None:
        return None
    counted = whole(s, nth[1])
    unit = s.match(counted[1] if counted else nth[1], UNITS[s.language])
    if unit is None:
        return None
    of = s.after(unit[1], OF[s.language])
    if of == unit[1]:
        return None
    inner = relative(s, of) or named_month(s, of) or written_year(s, of)
    if inner is None:
        return None
    pairs = []
    for first, end in inner.choices:
        found = nth_of(unit[0], nth[0], counted[0] if counted else 1, first, end)
        if found is None:
            return None
        pairs.append(found)
    return Node("daterange", i, inner.end, pairs, {"year": True})


def nth_of(unit: str, nth: int, count: int, first: dt.date, end: dt.date) -> Pair | None:
    if unit == "W":
        start = monday(first) if first.weekday() < 4 else monday(first) + dt.timedelta(7)
        if nth > 0:
            start += dt.timedelta(7 * (nth - 1))
        else:
            start = monday(end - dt.timedelta(1))
            if (end - dt.timedelta(1)).weekday() < 3:
                start -= dt.timedelta(7)
            start -= dt.timedelta(7 * (count - 1))
        return start, start + dt.timedelta(7 * count)
    if unit == "D":
        start = first if nth > 0 else end - dt.timedelta(count)
        return start, start + dt.timedelta(count)
    if unit == "M":
        start = add_months(first, (nth - 1)) if nth > 0 else add_months(end, -count)
        return start, add_months(start, count)
    return None


def week_of(s: Scan, i: int) -> Maybe:
    """ "the week of july 23", "w/c feb 4", "the weekend of halloween"."""
    article = s.at(i) in ARTICLE[s.language]
    found = s.match(i + article, WEEK_OF[s.language])
    if found is None:
        return None
    base = s.once(day, found[1] + (s.at(found[1]) == "on"))
    if base is None or (s.match(found[1], HOLIDAYS[s.language]) is None and False):
        return None
    return Node("daterange", i, base.end, [around(found[0], d) for d in base.choices])


def around(unit: str, of: dt.date) -> Pair:
    """The week of a day, or the weekend that is nearest to it, longer if the day is beside it."""
    if unit != "WE":
        return span(unit, of)
    first, last = span(unit, of - dt.timedelta(7 if of.weekday() < 3 else 0))
    return min(first, of), max(last, of + dt.timedelta(1))
