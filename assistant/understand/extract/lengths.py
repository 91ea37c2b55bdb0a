"""Lengths of time and what is so far away: "two weeks", "3 days ago", "in an hour"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.days import day, today
from assistant.understand.extract.node import Maybe, Node, add_months
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Scan, by_language

UNITS = by_language(
    en={
        "S": "second|seconds|sec|secs|s",
        "MIN": "minute|minutes|min|mins",
        "H": "hour|hours|hr|hrs|h",
        "D": "day|days|night|nights",
        "W": "week|weeks|wk|wks",
        "F": "fortnight|fortnights",
        "M": "month|months",
        "Y": "year|years|yr|yrs|y",
        "WE": "weekend|weekends",
        "Q": "quarter|quarters",
        "10Y": "decade|decades",
        "100Y": "century|centuries",
        "BD": "business day|business days|working day|working days|workday|workdays|weekdays",
    },
    es={
        "S": "segundo|segundos|seg|segs|s",
        "MIN": "minuto|minutos|min|mins",
        "H": "hora|horas|h|hra|hras|hrs|hr",
        "D": "dia|dias|noche|noches",
        "W": "semana|semanas",
        "F": "quincena|quincenas",
        "M": "mes|meses",
        "Y": "año|años",
        "Q": "trimestre|trimestres",
        "WE": "fin de semana|fines de semana",
        "10Y": "decada|decadas",
        "100Y": "siglo|siglos",
        "BD": "dia laborable|dias laborables|dia habil|dias habiles|dias laborales|dia laboral",
    },
)
SECONDS = {
    "S": 1,
    "MIN": 60,
    "H": 3600,
    "D": 86400,
    "W": 604800,
    "F": 1209600,
    "M": 2592000,
    "Y": 31536000,
    "WE": 172800,
    "Q": 7776000,
    "10Y": 315360000,
    "100Y": 3153600000,
    "BD": 86400,
}
FEW = by_language(
    en={
        "3": "a few|few|several|some",
        "2": "a couple of|a couple|couple of|couple",
        "1": "another|a|an|one|each of",
        "0.5": "half a|half an|a half|half",
        "0.25": "a quarter of an|quarter of an",
        "0.75": "three quarters of an",
    },
    es={
        "3": "unos pocos|unas pocas|pocos|pocas|varios|varias|unos|unas|algunos|algunas",
        "2": "un par de",
        "1": "otro|otra|un|una",
        "0.5": "media|medio|½",
        "0.25": "un cuarto de",
        "0.75": "tres cuartos de",
    },
)
AND_PART = by_language(
    en={
        "0.5": "and a half|and half|and half a",
        "0.25": "and a quarter|and quarter",
        "0.75": "and three quarters",
    },
    es={"0.5": "y media|y medio", "0.25": "y cuarto|y un cuarto", "0.75": "y tres cuartos"},
)
_WHOLE = by_language(
    en="all|whole|full|the whole|the entire|all the|entire", es="todo el|toda la|todo|toda"
)
_AND = by_language(en="and|, and|,", es="y|, y|,|con")
AGO = by_language(
    en={
        "-": "ago|earlier|before now|in the past",
        "+": "from now|later|from right now|hence|after now|in the future",
    },
    es={
        "-": "antes de ahora|atras",
        "+": "a partir de ahora|desde ahora|despues|mas tarde|mas adelante|en el futuro",
    },
)
AGO_BEFORE = by_language(en={"": ""}, es={"-": "hace"})
IN = by_language(en="in", es="en")
FROM = by_language(
    en={"+": "from|after|since", "-": "before|prior to"},
    es={
        "+": "despues de|despues del|a partir de|desde|siguientes a",
        "-": "antes de|antes del|anteriores de|anteriores a",
    },
)
Parts = list[tuple[float, str]]


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
        at = s.after(end, _AND[s.language])
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
    at = s.after(i, _WHOLE[s.language])
    unit = s.match(at, UNITS[s.language]) if at > i else None
    if unit is None or (s.at(unit[1] - 1).endswith("s") and s.at(unit[1] - 1) != "mes"):
        return None
    return Node("duration", i, unit[1], [SECONDS[unit[0]]], {"parts": [(1.0, unit[0])]})


def shifted(moment: dt.datetime, parts: Parts, sign: int) -> dt.datetime:
    """A moment so much later (1) or earlier (-1)."""
    for value, unit in parts:
        months = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}.get(unit)
        if months and value * months == int(value * months):
            moved = add_months(moment.date(), sign * int(value * months))
            moment = dt.datetime.combine(moved, moment.time())
        elif unit == "BD":
            moment = business(moment, sign * int(value))
        else:
            moment += dt.timedelta(seconds=sign * value * SECONDS[unit])
    return moment


def business(moment: dt.datetime, days: int) -> dt.datetime:
    step = 1 if days > 0 else -1
    while days:
        moment += dt.timedelta(step)
        days -= step * (moment.weekday() < 5)
    return moment


def is_days(parts: Parts) -> bool:
    return all(unit not in ("S", "MIN", "H") for _, unit in parts) and all(
        value == int(value) or unit in ("Y",) for value, unit in parts
    )


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
        from assistant.understand.extract.periods import written_year

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
