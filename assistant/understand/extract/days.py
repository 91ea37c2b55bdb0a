"""Days: near ones, written ones, of a month, of a week, with a name."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import of_month, today, written_day
from assistant.understand.extract.day_words import NEAR, WEEKDAYS
from assistant.understand.extract.in_month import in_month
from assistant.understand.extract.named_days import holiday
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.weekdays import of_week


def day(s: Scan, i: int) -> Maybe:
    """The longest day that begins here."""
    found = [
        f
        for parse in (_near, written_day, of_month, of_week, holiday, in_month)
        if (f := parse(s, i))
    ]
    best = max(found, key=lambda node: node.end, default=None)
    if best and s.at(best.end) == "(" and (named := s.match(best.end + 1, WEEKDAYS[s.language])):
        best.end = named[1] + (s.at(named[1]) == ")")
    return best


def _near(s: Scan, i: int) -> Maybe:
    """ "tomorrow"; a date in figures after it says which: "tomorrow, 13/04/21"."""
    found = s.match(i, NEAR[s.language])
    if found is None:
        return None
    if s.language == "es" and s.at(i) == "manana" and s.at(i - 1) in ("la", "esta", "una"):
        return None
    end = s.skip(found[1], ",")
    if (exact := written_day(s, end)) and exact.info.get("year"):
        return Node("date", i, exact.end, exact.choices)
    return Node("date", i, found[1], [today(s) + dt.timedelta(int(found[0]))])
