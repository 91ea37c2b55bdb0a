"""Weeks, months, quarters, years: "next month", "the last 3 days", "early 2018", "q1 2019"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import today, year
from assistant.understand.extract.day_words import OF, WHICH
from assistant.understand.extract.named_periods import named_month, written_year
from assistant.understand.extract.node import Maybe, Node, Pair, add_months
from assistant.understand.extract.period_parts import part_of, week_of
from assistant.understand.extract.period_words import (
    ARTICLE,
    EDGE,
    ENDS,
    FISCAL,
    REST,
    SEASONS,
    UNIT,
)
from assistant.understand.extract.quarters import quarters
from assistant.understand.extract.relative import from_now, relative, several, span
from assistant.understand.extract.scan import Scan


def period(s: Scan, i: int) -> Maybe:
    """The longest period that begins here."""
    parsers = (_edge, _rest, _unsettled, named_month, relative, several, part_of, _written, week_of)
    found = [f for parse in parsers if (f := parse(s, i))]
    return max(found, key=lambda node: node.end, default=None)


def _rest(s: Scan, i: int) -> Maybe:
    """ "the rest of the week": from today to its last day."""
    found = s.match(i, REST[s.language])
    if found is None:
        return None
    which = s.match(found[1], WHICH[s.language])
    unit = s.match(which[1] if which else found[1], UNIT[s.language])
    if unit is None or (which and which[0] not in ("this",)):
        days = {"en": ("day",), "es": ("dia",)}[s.language]
        at = which[1] if which else found[1]
        if s.at(at) not in days:
            return None
        end = dt.datetime.combine(today(s), dt.time(23, 59, 59))
        return Node("datetimerange", i, at + 1, [(s.now.replace(microsecond=0), end)])
    last = span(unit[0], today(s))[1] - dt.timedelta(1)
    return Node("daterange", i, unit[1], [(today(s), last)], {"year": True})


def _unsettled(s: Scan, i: int) -> Maybe:
    """Seasons, fiscal and school years: when they begin is not the same everywhere."""
    at = i + (s.at(i) in ARTICLE[s.language])
    which = s.match(at, WHICH[s.language])
    at = which[1] if which else at
    season = s.match(at, SEASONS[s.language])
    found = season or s.match(at, FISCAL[s.language])
    if found is None or (s.at(at) == "fiscal" and found[1] == at + 1):
        return None
    end = found[1]
    of = s.after(end, OF[s.language])
    written = year(s, of) or (s.at(of).isdecimal() and len(s.at(of)) == 2 and ([0], of + 1))
    if written:
        end = written[1]
    if (
        season
        and s.language == "en"
        and not (which or written or s.at(i) == "the" or s.at(i - 1) in ("in", "during", "since"))
    ):
        return None
    start = i
    if s.at(i) in ARTICLE[s.language] and (s.language == "en" or (not season and not which)):
        start = i + 1
    return Node("daterange", start, end, [], {"year": True, "unit": "Y"})


def _written(s: Scan, i: int) -> Maybe:
    """ "2015-12", "12-2015", "1990s", "15th century", "q1 2019", "week 31", and years."""
    return quarters(s, i) or written_year(s, i)


def _edge(s: Scan, i: int) -> Maybe:
    """A part of a period: "early 2018", "end of month", "later this week", "mid 1989"."""
    if s.at(i) in ENDS and s.language == "en":
        pair = _cut(s, span(ENDS[s.at(i)], today(s)), "end", "end")
        return Node("daterange", i, i + 1, [pair], {"edge": "end", "year": True})
    at = i
    found = s.match(at, EDGE[s.language])
    if found is None:
        return None
    edge, after = found
    of = after + (s.at(after) in ("-",))
    inner = relative(s, of) or named_month(s, of) or _written(s, of)
    if inner is None:
        unit = s.match(of, UNIT[s.language])
        if unit is None or s.at(of - 1) not in ("of", "de", "del"):
            return None
        inner = from_now(s, i, unit[1], unit[0], 0)
    pairs = [_cut(s, pair, edge, s.at(i)) for pair in inner.choices]
    start = i + (s.at(i) == "the" and True)
    if s.language == "es" and s.at(i) in ("a", "el", "al") and s.at(i + 1) != "primeros":
        start = i + 1
    return Node("daterange", start, inner.end, pairs, {"edge": edge, **inner.info})


def _cut(s: Scan, pair: Pair, edge: str, word: str) -> Pair:
    first, last = pair
    days = (last - first).days
    if days > 300:
        months = {"start": (0, 4), "mid": (4, 8), "end": (8, 12)}[edge]
        if first.year == today(s).year and edge == "end":
            months = (6, 12)
        if first.year == today(s).year and edge == "start" and not word.startswith("earlier"):
            months = (0, 6)
        cut = add_months(first, months[0]), add_months(first, months[1])
    elif days > 25:
        cut = {
            "start": (first, first + dt.timedelta(15)),
            "mid": (first + dt.timedelta(10), first + dt.timedelta(20)),
            "end": (first + dt.timedelta(15), last),
        }[edge]
    else:
        cut = {
            "start": (first, first + dt.timedelta(3)),
            "mid": (first + dt.timedelta(2), first + dt.timedelta(5)),
            "end": (first + dt.timedelta(3), last),
        }[edge]
    inside = first <= today(s) < last
    if (inside and word.startswith("later")) or (inside and s.language == "es" and word == "mas"):
        return max(cut[0], today(s)), last
    if inside and word.startswith("earlier"):
        return first, (today(s) if days > 300 else min(cut[1], max(today(s), first)))
    return cut
