"""Periods as seen from now: "this week", "next month", "the last 3 days"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import whole
from assistant.understand.extract.dates import today
from assistant.understand.extract.day_words import BEHIND, WHICH
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.node import Maybe, Node, Pair, add_months, monday, month_of
from assistant.understand.extract.period_words import AFTER_NEXT, ARTICLE, SAME, UNIT, by_few
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.shifting import business, shifted


def span(unit: str, anchor: dt.date) -> Pair:
    """The week, month, ... that holds a day."""
    match unit:
        case "W":
            return monday(anchor), monday(anchor) + dt.timedelta(7)
        case "WE":
            return monday(anchor) + dt.timedelta(5), monday(anchor) + dt.timedelta(7)
        case "WW":
            return monday(anchor), monday(anchor) + dt.timedelta(5)
        case "M":
            return month_of(anchor.year, anchor.month)
        case "Q":
            first = dt.date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1)
            return first, add_months(first, 3)
        case "Y":
            return dt.date(anchor.year, 1, 1), dt.date(anchor.year + 1, 1, 1)
        case "10Y":
            first = dt.date(anchor.year // 10 * 10, 1, 1)
            return first, add_months(first, 120)
    first = dt.date((anchor.year - 1) // 100 * 100, 1, 1)
    return first, add_months(first, 1200)


STEP = {
    "W": ("W", 1),
    "WE": ("W", 1),
    "WW": ("W", 1),
    "M": ("M", 1),
    "Q": ("M", 3),
    "Y": ("Y", 1),
    "10Y": ("Y", 10),
    "100Y": ("Y", 100),
}


def moved(unit: str, anchor: dt.date, steps: int) -> dt.date:
    name, size = STEP[unit]
    if steps == 0:
        return anchor
    base = anchor if name == "W" else anchor.replace(day=1)
    moment = dt.datetime.combine(base, dt.time())
    return shifted(moment, [(float(abs(steps) * size), name)], 1 if steps > 0 else -1).date()


def relative(s: Scan, i: int) -> Maybe:
    """ "this week", "next month", "the week after next", "la semana que viene", "the year"."""
    article = s.at(i) in ARTICLE[s.language]
    at = i + article
    which = s.match(at, WHICH[s.language])
    same = s.match(at, SAME[s.language])
    unit_at = which[1] if which else same[1] if same else at
    unit = s.match(unit_at, UNIT[s.language])
    if unit is None:
        return None
    name, end = unit
    if s.at(end - 1).endswith("s") and s.at(end - 1) != "mes":
        return None
    chosen = which[0] if which else ""
    if not which and not same and (after := s.after(end, AFTER_NEXT[s.language])) > end:
        return from_now(s, i, after, name, 2)
    behind = s.match(end, BEHIND[s.language])
    if behind and not same and chosen in ("", "this") and s.at(behind[1]) != "a":
        chosen, end = behind
    if (not chosen and not same and not _alone(s, i, name)) or (
        s.at(end).isdecimal() and not which
    ):
        return None
    steps = {"next": 1, "coming": 1, "last": -1, "past": -1}.get(chosen, 0)
    if s.spoken and s.language == "es" and name == "WE" and today(s).weekday() < 5:
        steps = min(steps, 0)  # "el próximo fin de semana" is the first to come
    start = i + (
        article and not s.spoken and _without_article(s, name, chosen, bool(which), bool(same))
    )
    return from_now(s, start, end, name, steps)


def _alone(s: Scan, i: int, unit: str) -> bool:
    """Whether "the week", "weekend", "del mes" may stand for the present one."""
    if unit in ("10Y", "100Y") or (s.spoken and unit != "WE"):
        return False  # "what day of the week", "the year"
    if (unit == "WE" and s.language == "en") or s.at(i) in ARTICLE[s.language]:
        return True
    return s.language == "es" and s.at(i - 1) in ("del", "al")


def _without_article(s: Scan, unit: str, chosen: str, which: bool, same: bool) -> bool:
    """Whether the article is not part of it: "the [next week]", but "[the week]"."""
    if s.language == "en":
        return (which or same) and unit != "10Y"
    return same or unit == "Q" or (which and chosen == "next" and unit not in ("W", "10Y"))


def from_now(s: Scan, i: int, end: int, unit: str, steps: int) -> Node:
    pair = span(unit, moved(unit, today(s), steps))
    return Node("daterange", i, end, [pair], {"unit": unit, "steps": steps, "year": True})


def several(s: Scan, i: int) -> Maybe:
    """ "the last 3 months", "next couple weeks", "5 past minutes", "próximos cinco días"."""
    which = s.match(i, WHICH[s.language])
    at = which[1] if which else i
    few = s.match(at, by_few[s.language])
    counted = whole(s, at)
    amount = counted[0] if counted else float(few[0]) if few else None
    end = counted[1] if counted else few[1] if few else at
    if which is None:
        if amount is None or not (later := s.match(end, WHICH[s.language])):
            unit_end = s.match(end, UNITS[s.language]) if amount is not None else None
            if (
                not unit_end
                or not (later := s.match(unit_end[1], BEHIND[s.language]))
                or later[0] not in ("next", "last")
            ):
                return None
            return stretch(s, i, later[1], later[0], amount or 1, unit_end[0])
        which, end = later, later[1]
    unit = s.match(end, UNITS[s.language])
    if unit is None or which[0] == "this" or which[0] not in ("next", "last", "past", "coming"):
        return None
    plural = s.at(unit[1] - 1).endswith("s")
    if amount is None:
        if (unit[0] in ("S", "MIN", "H", "F") and not plural) or plural:
            amount = 1
        else:
            return None
    elif not plural and amount != 1:
        return None
    return stretch(s, i, unit[1], which[0], amount, unit[0])


def stretch(s: Scan, i: int, end: int, which: str, amount: float, unit: str) -> Maybe:
    """So much before or after now; days begin tomorrow."""
    sign = 1 if which in ("next", "coming") else -1
    if unit in ("S", "MIN", "H"):
        other = shifted(s.now, [(amount, unit)], sign)
        pair = (s.now, other) if sign > 0 else (other, s.now)
        return Node("datetimerange", i, end, [tuple(p.replace(microsecond=0) for p in pair)])
    if unit == "10Y":
        first = dt.date(today(s).year // 10 * 10 + (10 if sign > 0 else -10 * int(amount)), 1, 1)
        return Node("daterange", i, end, [(first, add_months(first, 120 * int(amount)))])
    day0 = dt.datetime.combine(today(s), dt.time())
    if unit == "BD":
        first = business(day0, 1) if sign > 0 else business(day0, -int(amount))
        last = (
            business(first, int(amount) - 1) + dt.timedelta(1)
            if sign > 0
            else (business(day0, -1) + dt.timedelta(1))
        )
        return Node("daterange", i, end, [(first.date(), last.date())])
    start = day0 + dt.timedelta(1) if sign > 0 else day0
    if unit == "Q":
        present = span("Q", today(s))
        start = dt.datetime.combine(present[sign > 0], dt.time())
    try:
        other = shifted(start, [(amount, unit)], sign)
    except (ValueError, OverflowError):
        return None
    days = (start.date(), other.date()) if sign > 0 else (other.date(), start.date())
    return Node("daterange", i, end, [days])
