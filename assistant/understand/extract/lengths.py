"""Lengths of time and what is so far away: "two weeks", "3 days ago", "in an hour"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import today
from assistant.understand.extract.days import day
from assistant.understand.extract.length_words import (
    AGO,
    AGO_BEFORE,
    ALL,
    AND,
    AND_PART,
    FEW,
    FROM,
    IN,
    SECONDS,
    UNITS,
)
from assistant.understand.extract.named_periods import written_year
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.shifting import Parts, is_days, shifted


def length(s: Scan, i: int) -> Maybe:
    """ "an hour and a half", "2 weeks and 2 days", "all day"."""
    start, at, parts = i, i, Parts()
    last = float("inf")
    while (part := _part(s, at)) and SECONDS[part[1]] < last:
        value, unit, end = part
        parts.append((value, unit))
        last, i = SECONDS[unit], end
        if unit in ("WE", "BD"):
            break
        at = s.after(end, AND[s.language])
    if not parts:
        return None if s.spoken else _all(s, start)
    seconds = sum(value * SECONDS[unit] for value, unit in parts)
    return Node("duration", start, i, [seconds], {"parts": parts})


def _part(s: Scan, i: int) -> tuple[float, str, int] | None:
    """One amount with its unit, and the index after both."""
    found = _amount(s, i)
    if found is None:
        alone = s.match(i, UNITS[s.language]) if s.language == "es" else None
        if alone is None or not s.match(alone[1], AND_PART["es"]):
            return None
        found = 1.0, i  # "hora y media"
    if s.at(i - 1) in ("las", "la", "at") and s.at(found[1]) == "h":
        return None  # "las 14h"
    amount, end = found
    if s.language == "en" and s.at(end) == "-" and s.match(end + 1, UNITS["en"]):
        end += 1
    end += s.at(end) == "more"
    unit = s.match(end, UNITS[s.language])
    if unit is None:
        return None
    name, end = unit
    short = len(s.at(end - 1)) == 1
    if short and not (s.at(end - 2).isdecimal() and (s.glued(end - 1) or s.spoken)):
        return None
    if s.at(end - 1) in ("night", "noche") and (amount != 1 or s.spoken):
        return None  # "three night markets", "a night light"
    if s.glued(end) and s.at(end) not in ".,;:!?)'-":
        return None
    part = s.match(end, AND_PART[s.language])
    if part and not s.match(part[1], UNITS[s.language]):
        amount, end = amount + float(part[0]), part[1]
    if s.language == "es" and s.at(end) in ("entero", "entera", "completo"):
        end += 1
    elif s.spoken and s.language == "es" and s.at(end) == "mas":
        end += 1  # "cinco minutos más"; in English "more" ends the command
    return amount, name, end


def _amount(s: Scan, i: int) -> tuple[float, int] | None:
    """ "three", "a few", "another", "one and a half"."""
    few = s.match(i, FEW[s.language])
    if few and few[0] == "3" and s.spoken:
        return None  # "a few minutes" are better asked for
    found = number(s, i)
    counts = found and s.match(s.skip(found[1], "-"), UNITS[s.language])
    if found and (few is None or (counts and found[1] > few[1])):
        amount, end = float(found[0]), found[1]
    elif few:
        amount, end = float(few[0]), few[1]
    else:
        return None
    half = s.match(end, AND_PART[s.language])
    if half and s.match(half[1], UNITS[s.language]):
        return amount + float(half[0]), half[1]
    return amount, end


def _all(s: Scan, i: int) -> Maybe:
    """ "all day", "the whole week", "todo el mes"."""
    at = s.after(i, ALL[s.language])
    unit = s.match(at, UNITS[s.language]) if at > i else None
    if unit is None or (s.at(unit[1] - 1).endswith("s") and s.at(unit[1] - 1) != "mes"):
        return None
    return Node("duration", i, unit[1], [SECONDS[unit[0]]], {"parts": [(1.0, unit[0])]})


def distant(s: Scan, i: int) -> Maybe:
    """A moment or a day that is so far from now, or from another day: "3 days ago", "in 2
    hours", "two weeks from tomorrow", "5 days before new year"."""
    at, sign = i, 0
    if before := s.match(i, AGO_BEFORE[s.language]):
        at, sign = before[1], -1
    elif (inside := s.after(i, IN[s.language])) > i:
        at, sign = inside, 1
    found = s.once(length, at)
    if found is None:
        return None
    parts, end = found.info["parts"], found.end
    if sign == 0:
        if after := s.match(end, AGO[s.language]):
            sign, end = (1 if after[0] == "+" else -1), after[1]
            if s.language == "en" and s.at(end - 1) == "after":
                return None
        elif after := s.match(end, FROM[s.language]):
            return _from_day(s, i, parts, after)
        else:
            return None
    elif (
        sign == 1
        and (after := s.match(end, FROM[s.language]))
        and (far := _from_day(s, i, parts, after))
    ):
        far.i += s.at(after[1] - 1) == "from"
        return far
    try:
        then = shifted(s.now, parts, sign)
    except (OverflowError, ValueError):
        return None
    if is_days(parts):
        return Node("date", i, end, [then.date()], {"far": True})
    return Node("datetime", i, end, [then.replace(microsecond=0)])


def _from_day(s: Scan, i: int, parts: Parts, after: tuple[str, int]) -> Maybe:
    """ "three weeks from tomorrow": a day, when it is whole days."""
    base = s.once(day, after[1])
    if base is None:
        base = written_year(s, after[1])
        if base is None:
            return None
        base = Node("date", base.i, base.end, [base.choices[0][0]])
    if not is_days(parts):
        return None
    sign = 1 if after[0] == "+" else -1
    start = base.choices[-1]
    try:
        then = shifted(dt.datetime.combine(start, dt.time()), parts, sign).date()
    except (OverflowError, ValueError):
        return None
    return Node("date", i, base.end, [then], {"far": True, "today": today(s)})
