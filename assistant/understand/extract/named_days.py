"""Holidays in a text."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import today, year
from assistant.understand.extract.day_words import OF, WHICH
from assistant.understand.extract.holidays import HOLIDAYS, in_year
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.relative_year import relative_year
from assistant.understand.extract.scan import Scan


def holiday(s: Scan, i: int) -> Maybe:
    """ "christmas", "easter 2018", "next new year day"."""
    at = i
    which = s.match(at, WHICH[s.language])
    found = s.match(which[1] if which else at, HOLIDAYS[s.language])
    if found is None:
        return None
    rule, end = found
    now = today(s)
    days = [in_year(rule, y) for y in range(now.year - 2, now.year + 3)]
    past = [d for d in days if dt.datetime(d.year, d.month, d.day) < s.now]
    ahead = days[len(past)]
    if which:
        chosen = {"next": ahead, "coming": ahead, "last": past[-1], "past": past[-1]}
        day = chosen.get(which[0], in_year(rule, now.year))
        return Node("date", i, end, [day])
    of = s.after(end, OF[s.language])
    if written := year(s, of) or relative_year(s, of):
        return Node("date", i, written[1], [in_year(rule, written[0][0])], {"year": True})
    return Node("date", i, end, [past[-1], ahead], {"holiday": rule})
