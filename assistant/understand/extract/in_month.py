"""Days by their place in a month: "the 18th", "the first monday of july"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import place
from assistant.understand.extract.dates import day_number, month_name, today, year
from assistant.understand.extract.day_words import BEHIND, OF, WHICH
from assistant.understand.extract.holidays import nth_weekday
from assistant.understand.extract.hours import clock
from assistant.understand.extract.joint_words import TO_TIME
from assistant.understand.extract.node import Maybe, Node, add_months, valid
from assistant.understand.extract.parts import part_of_day
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.weekdays import weekday

_MONTH_WORD = by_language(en="month", es="mes")
_LAST = {"en": ("last", "final"), "es": ("ultimo", "ultima")}


def in_month(s: Scan, i: int) -> Maybe:
    """ "the 18th", "the 15th day of next month", "el día 21", "the first monday of july"."""
    if found := _nth_weekday(s, i):
        return found
    at, article = i, s.language == "es" and s.at(i - 1) == "del" and s.at(i) != "mes"
    if s.language == "es" and s.at(at) == "el" and s.at(at + 1) == "dia":
        at, article = at + 2, True
    elif s.at(at) == "the":
        at, article = at + 1, True
    elif (s.at(at - 1) == "on" and place(s, at)) or _spanish_number(s, at):
        article = True
    number = day_number(s, at)
    if number is None:
        return None
    timed = s.at(number[1]) in ("from", "at", "between") and clock(s, number[1] + 1)
    written = place(s, at) or timed or s.at(at) == "the"
    if s.language == "en" and s.at(at).isdecimal() and not written:
        return None
    end = number[1]
    end += s.at(end) == "day" if s.language == "en" else 0
    of = s.after(end, OF[s.language])
    if month := whose_month(s, of):
        day = valid(month[0].year, month[0].month, number[0])
        return Node("date", i, month[1], [day]) if day else None
    if (
        not article
        or (not (place(s, at) or timed) and s.language == "en")
        or (s.at(end).isalpha() and (s.at(end) not in _FOLLOWS and end == number[1]))
        or (s.spoken and not timed and _may_be_a_place(s, i, at))
    ):
        return None
    return Node("date", i, number[1], _around_day(s, number[0]), {"d": number[0]})


def _may_be_a_place(s: Scan, i: int, at: int) -> bool:
    """Whether "the second" of a command is rather one of several than a day."""
    return s.at(at).isalpha() and s.at(at - 1) != "dia" and s.at(i - 1) not in ("on", "by", "para")


_FOLLOWS = [
    "at",
    "in",
    "on",
    "from",
    "to",
    "until",
    "till",
    "before",
    "after",
    "between",
    "and",
    "or",
    "with",
    "please",
    "for",
    "de",
    "a",
    "desde",
    "hasta",
    "y",
    "o",
    "por",
    "en",
    "con",
    "para",
    "this",
    "next",
]


def _spanish_number(s: Scan, i: int) -> bool:
    """The "15" of "volveré el 15", but not of "el 15 por ciento"."""
    if s.at(i - 1) != "el" or not s.at(i).isdecimal() or s.language == "en":
        return False
    after = s.at(i + 1)
    return (
        (not after.isalnum() and after not in ("/", "-", "%", ":", ".", ","))
        or (after in ("a", "por", "y", "al", "para") and s.at(i + 2) not in ("ciento", "cien"))
        or (after in (".", ",") and not s.glued(i + 2))
    )


def _around_day(s: Scan, number: int) -> list[dt.date]:
    now = today(s)
    days = [
        d
        for n in range(-3, 4)
        if (first := add_months(now.replace(day=1), n))
        and (d := valid(first.year, first.month, number))
    ]
    past = [d for d in days if dt.datetime(d.year, d.month, d.day) < s.now.replace(tzinfo=None)]
    return [past[-1], days[len(past)]]


def whose_month(s: Scan, i: int) -> tuple[dt.date, int] | None:
    """The first of "this month", "next month", "the month", "el mes que viene"."""
    at = i + (s.at(i) in ("the", "el"))
    which = s.match(at, WHICH[s.language])
    found = s.match(which[1] if which else at, _MONTH_WORD[s.language])
    if found is None or s.at(i) in ("every", "each", "cada"):
        return None
    end, chosen = found[1], which[0] if which else "this"
    if not which and (behind := s.match(end, BEHIND[s.language])):
        chosen, end = behind
    months = {"next": 1, "coming": 1, "last": -1, "past": -1}.get(chosen, 0)
    return add_months(today(s).replace(day=1), months), end


def _nth_weekday(s: Scan, i: int) -> Maybe:
    """ "the first monday of july", "last friday of next month", "primer lunes de octubre"."""
    at = i + (s.at(i) in ("the", "el"))
    if s.at(at) in _LAST[s.language]:
        nth: tuple[int, int] | None = (-1, at + 1)
    else:
        nth = place(s, at)
    if nth is None or not (named := weekday(s, nth[1])):
        return None
    part = part_of_day(s, s.after(named[1], TO_TIME[s.language]))
    of = s.after(part.end if part else named[1], OF[s.language])
    if month := whose_month(s, of):
        firsts, end = [month[0]], month[1]
    elif found := month_name(s, of):
        month_at, end = found
        years = year(s, s.after(end, OF[s.language]))
        if years:
            firsts, end = [dt.date(years[0][0], month_at, 1)], years[1]
        else:
            firsts = [dt.date(today(s).year + n, month_at, 1) for n in (-1, 0, 1)]
    else:
        return None
    days = []
    for first in firsts:
        try:
            days.append(nth_weekday(first.year, first.month, named[0], nth[0]))
        except ValueError:
            return None
    if len(days) == 3:
        past = [d for d in days if d < today(s)]
        days = [past[-1], days[len(past)]]
    info = {"half": part.info["half"], "pairs": part.choices} if part else {}
    return Node("date", i + (s.at(i) in ("the", "el")), end, days, info)
