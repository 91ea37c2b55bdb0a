"""Lengths of time: "an hour and a half", "90 seconds", "tres cuartos de hora".

Like those of `numbers`, the functions take plain words and an index, and give the value and
the index after it, or None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.understand.numbers import at, fraction_after, matches, number

_UNITS = {
    "en": {
        "second seconds sec secs s": 1,
        "minute minutes min mins": 60,
        "hour hours hr hrs h": 3_600,
        "day days": 86_400,
        "week weeks": 604_800,
    },
    "es": {
        "segundo segundos seg s": 1,
        "minuto minutos min mins": 60,
        "hora horas h hs": 3_600,
        "dia dias": 86_400,
        "semana semanas": 604_800,
    },
}
_SECONDS = {
    language: {name: seconds for names, seconds in units.items() for name in names.split()}
    for language, units in _UNITS.items()
}
# (words before the unit, amount); the longest first
_IDIOMS = {
    "en": (
        ("three quarters of an", 0.75),
        ("a quarter of an", 0.25),
        ("quarter of an", 0.25),
        ("a couple of", 2),
        ("a couple more", 2),
        ("half of an", 0.5),
        ("couple of", 2),
        ("a couple", 2),
        ("a quarter", 0.25),
        ("half an", 0.5),
        ("half a", 0.5),
        ("a half", 0.5),
        ("quarter", 0.25),
        ("half", 0.5),
        ("another", 1),
        ("an", 1),
        ("a", 1),
    ),
    "es": (
        ("tres cuartos de", 0.75),
        ("un cuarto de", 0.25),
        ("cuarto de", 0.25),
        ("un par de", 2),
        ("media", 0.5),
        ("medio", 0.5),
        ("otra", 1),
        ("otro", 1),
        ("una", 1),
        ("un", 1),
    ),
}
_IDIOM_WORDS = {
    language: tuple((tuple(text.split()), amount) for text, amount in idioms)
    for language, idioms in _IDIOMS.items()
}
_MORE = {"en": "more", "es": "mas"}
_AND = {"en": ("and",), "es": ("y", "con")}


def duration(words: Sequence[str], i: int, language: str) -> tuple[dt.timedelta, int] | None:
    """Parts from the larger unit to the smaller, as in "1 hour 5 minutes and 30 seconds"."""
    total, last, end = 0.0, float("inf"), i
    while (part := _part(words, i, language)) is not None:
        seconds, unit, after = part
        if unit >= last:
            break
        total, last, end = total + seconds, unit, after
        i = end + (at(words, end) in _AND[language])
    if end == 0 or last == float("inf"):
        return None
    try:
        return dt.timedelta(seconds=total), end
    except OverflowError:
        return None


def is_unit(words: Sequence[str], i: int, language: str) -> bool:
    return at(words, i) in _SECONDS[language]


def _part(words: Sequence[str], i: int, language: str) -> tuple[float, int, int] | None:
    """One amount with its unit: seconds, the unit's own seconds, the index after."""
    units = _SECONDS[language]
    amount = _amount(words, i, language)
    if amount is None:
        # "hora y media" needs no amount in front
        if language == "es" and at(words, i) in units and fraction_after(words, i + 1, "es"):
            amount = (1, i)
        else:
            return None
    value, unit_at = amount
    unit = units.get(at(words, unit_at))
    if unit is None or value < 0:
        return None
    end = unit_at + 1
    if part := fraction_after(words, end, language):
        # but "an hour and a half minute" is an hour and half a minute
        if at(words, part[1]) not in units:
            value, end = value + part[0], part[1]
    elif at(words, end) == _MORE[language]:
        end += language == "es"  # "cinco minutos más"; in English "more" ends the command
    return value * unit, unit, end


def _amount(words: Sequence[str], i: int, language: str) -> tuple[float, int] | None:
    units = _SECONDS[language]
    for idiom, value in _IDIOM_WORDS[language]:
        if matches(words, i, idiom) and at(words, i + len(idiom)) in units:
            return value, i + len(idiom)
    found = number(words, i, language)
    if found and at(words, found[1]) == _MORE[language]:
        return found[0], found[1] + 1  # "five more minutes"
    return found
